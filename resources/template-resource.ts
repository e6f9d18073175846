/** A resource of a CloudFormation template. */
export interface TemplateResource {
  Type: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: object;
  Properties: Record<string, unknown>;
}
