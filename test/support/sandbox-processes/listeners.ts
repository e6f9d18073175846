import { execFileSync } from 'node:child_process';

/** Where a process and all its descendants listen, as address and port. */
export function listenersOf(pid: number): string[] {
  const family = new Set([pid]);
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = processes.map((line) => line.trim().split(/\s+/).map(Number));
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [child = 0, parent = 0] of parents) if (family.has(parent)) family.add(child);
  }
  const sockets = execFileSync('ss', ['-ltnpH'], { encoding: 'utf8' }).trim().split('\n');
  const own = sockets.filter((socket) => {
    const owners = [...socket.matchAll(/pid=(\d+)/g)].map(([, owner]) => Number(owner));
    return owners.some((owner) => family.has(owner));
  });
  return own.map((socket) => socket.split(/\s+/)[3] ?? '');
}
