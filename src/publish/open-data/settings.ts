import { z } from "zod";
import { WrongSettings } from "../../platform/config.ts";
import type { OpenDataPublisher } from "../exports/dcat-catalogue.ts";

const Environment = z.object({
  MOISSON_OPEN_DATA_PUBLISHER: z.string().trim().min(1).default("Moisson"),
  MOISSON_OPEN_DATA_EMAIL: z.email("an e-mail address").optional(),
});

/** Reads the publisher of the open data from the environment. Throws `WrongSettings`. */
export function readOpenDataPublisher(environment: Readonly<Record<string, string | undefined>>): OpenDataPublisher {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw new WrongSettings(parsed.error.issues.map((found) => `${String(found.path[0])}: expected ${found.message}`));
  return { name: parsed.data.MOISSON_OPEN_DATA_PUBLISHER, email: parsed.data.MOISSON_OPEN_DATA_EMAIL ?? null };
}
