/** An export of a CloudFormation stack, and the stacks that use it. */
export interface StackExport {
  name: string;
  value: string;
  importedBy: string[];
}

/** A pipe of EventBridge and where it reads from. */
export interface Pipe {
  name: string;
  source: string;
}

/**
 * Where the account knows streams by their ARNs, beside the triggers of Lambda. Read only, may be retried. Both throw as
 * the other AWS ports do, and SERVICE_NOT_OFFERED where the endpoint does not know the service.
 */
export interface StreamReferences {
  /** Pipes whose source begins so. */
  pipes(sourcePrefix: string): Promise<Pipe[]>;
  /** Exports whose value begins so. */
  exports(valuePrefix: string): Promise<StackExport[]>;
}
