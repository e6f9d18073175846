/** Where the plan file comes from. */
export interface PlanFiles {
  /** The text of the plan file and the name to call it by in errors. @throws PLAN_FILE_MISSING */
  read(): Promise<{ text: string; name: string }>;
}
