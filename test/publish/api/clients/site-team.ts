import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { sharedData } from "../../../support/shared-data.ts";

const request = z.object({
  _type: z.literal("request"),
  name: z.string(),
  method: z.string(),
  url: z.url(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  authentication: z.object({ type: z.string() }).partial(),
});

/** A request that Aides-territoires' own team kept. */
export type TeamRequest = z.infer<typeof request>;

/** Reads the requests of Aides-territoires' own team from the shared data, in the order of the file. */
export function readTeamRequests(): TeamRequest[] {
  const file = join(sharedData, "clients/AT_api_requests_insomnium_2024-03.json");
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as { resources: { _type: string }[] };
  return resources.filter(({ _type }) => _type === "request").map((each) => request.parse(each));
}
