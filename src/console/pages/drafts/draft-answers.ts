import { z } from "zod";
import { publisherKinds } from "../../../kit/definition.ts";
import { slugsOf } from "../../../model/vocabularies.ts";
import { FieldChoice } from "../../../registry/survey/field-choice.ts";
import { LeftOut } from "../../../registry/survey/left-out.ts";

const PublisherAnswer = z.object({
  name: z.string(),
  kind: z.enum(publisherKinds),
  /** `scale:code` */
  territory: z.string(),
  website: z.string().optional(),
  siren: z.string().optional(),
  licence: z.enum(slugsOf("importShareLicence")),
  agreement: z.string(),
  contact: z.string(),
  id: z.string(),
});

/** What was said at the steps of the wizard; what is not there was not reached yet. */
export const DraftAnswers = z.object({
  publisher: PublisherAnswer.optional(),
  feed: z.object({ way: z.enum(["file", "address"]), address: z.string().nullable(), name: z.string() }).optional(),
  /** How the sample is to be read, where a person says otherwise than was detected. */
  reading: z
    .looseObject({ format: z.enum(["csv", "json", "xml", "excel"]) })
    .nullable()
    .optional(),
  /** The records that are left out, where a person says otherwise than was proposed. */
  leftOut: z.array(LeftOut).optional(),
  fields: z.record(z.string(), FieldChoice).optional(),
  /** Steps that a person has gone over and saved. */
  seen: z.array(z.string()).optional(),
  /** The version of its connector that the draft has made. */
  version: z.number().int().positive().optional(),
  terms: z
    .record(z.string(), z.record(z.string(), z.array(z.string())))
    .nullable()
    .optional(),
});

/** See the schema of the same name. */
export type DraftAnswers = z.infer<typeof DraftAnswers>;
