import type { Preview } from "../../ingest/preview-aids.ts";
import type { Rule } from "../../kit/field-rules.ts";
import type { TableLookup } from "../../kit/rules/rule-context.ts";
import type { SourceValue } from "../../model/aid/source-value.ts";
import { termsOver } from "../../registry/stored-versions.ts";
import { proposeSourceValues } from "../../suggest/propose-source-values.ts";
import { withDefaultValue } from "../propose/default-value.ts";
import { type Proposal, termsOf } from "../propose/proposal.ts";
import type { Survey } from "../survey.ts";
import { constantFor } from "../write/explain-definition.ts";
import { checkedPlainly, previewOf } from "./try-definition.ts";

/** How many aids of a proposed connector can be published. */
export interface PublishableShare {
  readonly publishable: number;
  readonly valid: number;
  readonly missing: Preview["missing"];
  /** What the feed does not say, with the value that could hold for all aids. */
  readonly unsaid: readonly SourceValue[];
  /** Number of publishable aids if a person accepts these values. */
  readonly withUnsaid: number;
}

/** Counts the publishable aids among the surveyed records, with the suggested terms; null for an invalid proposal. */
export async function publishableShare({ records }: Survey, proposal: Proposal, lookup: TableLookup): Promise<PublishableShare | null> {
  const terms = termsOver(termsOf(proposal), lookup);
  const tried = async (definition: unknown) => {
    const { connector } = checkedPlainly(definition);
    return connector === null ? null : { connector, preview: await previewOf(records, connector, terms, records.length) };
  };
  const plain = await tried(proposal.definition);
  if (plain === null) return null;
  const { publishable, valid, missing, aids } = plain.preview;
  const contents = aids.map(({ content }) => content);
  const unsaid = proposeSourceValues(plain.connector.publisher, contents);
  const fields: Record<string, Rule> = { ...(plain.connector.fields as unknown as Record<string, Rule>) };
  for (const { field, values } of unsaid)
    if (values.length > 0) fields[field] = withDefaultValue(fields[field], constantFor(field, values.join(";")));
  const filled = await tried({ ...proposal.definition, fields });
  return { publishable, valid, missing, unsaid, withUnsaid: filled?.preview.publishable ?? publishable };
}
