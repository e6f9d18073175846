/** How far a connection to an endpoint came. */
export type Contact =
  | { reached: true }
  | {
      reached: false;
      /** unresolved: there is no such name. nameService: the name service does not answer. cutOff: before TLS was settled. */
      failure: 'unresolved' | 'nameService' | 'timeout' | 'refused' | 'noRoute' | 'cutOff' | 'tls';
      /** True where the address is one of a private network. */
      isPrivate: boolean;
      /** True where this machine seems to be in the same private network. */
      isNear: boolean;
      /** In the words of the network. */
      why: string;
    };

/** Connects to an endpoint and sends nothing. */
export interface EndpointProbe {
  /** @param endpoint such as https://vpc-app-abc.eu-west-1.es.amazonaws.com */
  probe(endpoint: string): Promise<Contact>;
}
