import { BlockList, isIPv6 } from 'node:net';

/** The networks that are nobody's in the internet: RFC 1918, RFC 6598 (which VPCs may use too) and RFC 4193. */
const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addSubnet('100.64.0.0', 10);
privateNetworks.addSubnet('fc00::', 7, 'ipv6');

export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** A network of a VPC has 16 bits of its own at the most, so that two of its addresses have as many in common. */
const widestNetwork = 16;

/** True where one of our own addresses is of the same private network, as far as addresses can tell. */
export function isNearAddress(address: string, ownAddresses: string[]): boolean {
  if (isIPv6(address) || !isPrivateAddress(address)) return false;
  const network = new BlockList();
  network.addSubnet(address, widestNetwork);
  return ownAddresses.some((own) => !isIPv6(own) && network.check(own));
}
