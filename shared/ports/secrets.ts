/** Secrets Manager. A value is handed to the one request that needs it and never kept, logged or written anywhere. */
export interface Secrets {
  /** The secret's text. @throws SECRET_UNREADABLE */
  read(id: string): Promise<string>;
}
