/** A setting of a cluster as somebody set it: to stay, or until the cluster starts anew, which goes before. */
export interface SetValue {
  level: 'persistent' | 'transient';
  /** Null where nobody set it, so that its default counts. */
  value: string | null;
}

/**
 * The settings of a cluster. A managed domain lets only some be changed. Both are tried again within their deadline.
 * Throws as SearchIndices does.
 */
export interface ClusterSettings {
  /** What is set now. */
  read(setting: string): Promise<SetValue>;
  /** Sets it, or takes it back where the value is null. @throws SEARCH_UNAUTHORIZED, SEARCH_NOT_OFFERED */
  write(setting: string, value: SetValue): Promise<void>;
}
