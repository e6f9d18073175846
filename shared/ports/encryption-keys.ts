/** A key of KMS. */
export interface EncryptionKey {
  /** Of the key itself, where it was asked for by an alias. */
  arn: string;
  /** In the words of KMS: `Enabled`, `Disabled`, `PendingDeletion` and so on. */
  state: string;
  /** True for a key that AWS made for one of its services, which lets everybody use it who may use the service. */
  isOfAws: boolean;
  /** Who may use it, as JSON text. */
  policy: string;
}

/** Keys of KMS. Read only, may be retried. Throws ACCESS_DENIED where the caller may not look, and as the other AWS ports do. */
export interface EncryptionKeys {
  /**
   * @param key its id, its ARN, or an alias of it; undefined where there is none
   * @param region where it is: KMS knows no key of another region, not even by its ARN
   */
  find(key: string, region: string): Promise<EncryptionKey | undefined>;
}
