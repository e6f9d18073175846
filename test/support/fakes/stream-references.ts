import type { Pipe, StackExport, StreamReferences } from '../../../shared/ports/stream-references.ts';

/** Pipes and exports in memory. */
export class FakeStreamReferences implements StreamReferences {
  readonly known: { pipes: Pipe[]; exports: StackExport[] } = { pipes: [], exports: [] };

  async pipes(sourcePrefix: string): Promise<Pipe[]> {
    return this.known.pipes.filter(({ source }) => source.startsWith(sourcePrefix));
  }

  async exports(valuePrefix: string): Promise<StackExport[]> {
    return this.known.exports.filter(({ value }) => value.startsWith(valuePrefix));
  }
}
