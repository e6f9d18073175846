/** A call as it was answered. It holds no item, no value and no secret: an access key id is none. */
export interface LoggedCall {
  operation: string;
  /** When it arrived, ISO 8601. */
  at: string;
  /** The access key id that the call was signed with; undefined where it was not signed. */
  caller: string | undefined;
  /** The tables it was about; for a restore the one it makes. */
  tables: string[];
  /** The backup it was about: its name for CreateBackup, otherwise its ARN; undefined where there is none. */
  backup: string | undefined;
  /** `ok`, or the type of the error that was answered, by this layer or by the emulator. */
  outcome: string;
}
