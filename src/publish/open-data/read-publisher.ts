import { z } from "zod";
import { readVariables } from "../../platform/config.ts";
import type { OpenDataPublisher } from "../exports/dcat-catalogue.ts";

const Environment = z.object({
  MOISSON_OPEN_DATA_PUBLISHER: z.string().trim().min(1).default("Moisson"),
  MOISSON_OPEN_DATA_EMAIL: z.email("an e-mail address").optional(),
});

/** Names of the variables of open data. */
export const openDataVariables: readonly string[] = Object.keys(Environment.shape);

/** Reads the publisher of the open data from the environment. Throws `WrongSettings`. */
export function readOpenDataPublisher(environment: Readonly<Record<string, string | undefined>>): OpenDataPublisher {
  const { MOISSON_OPEN_DATA_PUBLISHER: name, MOISSON_OPEN_DATA_EMAIL: email = null } = readVariables(Environment, environment);
  return { name, email };
}
