import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Services } from "../../ingest/run-inputs.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { ApiSettings } from "../../publish/api/api-settings.ts";
import type { StartedApi } from "../../publish/api/start-api.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** Dependencies of the API. */
export interface ApiGiven {
  readonly catalogue: Catalogue;
  readonly services: Pick<Services, "clock" | "logger">;
  readonly connectors: () => Promise<readonly LoadedConnector[]>;
  readonly settings: ApiSettings;
}

/** Serves the API with the catalogue's keys. Throws `NotDone` if the port is taken. */
export async function serveApi({ catalogue, services: { clock, logger }, connectors, settings }: ApiGiven): Promise<StartedApi> {
  const [{ startApi }, { accessOfKeys }, { createLimits }] = await Promise.all([
    import("../../publish/api/start-api.ts"),
    import("../../publish/api/access/access-of-keys.ts"),
    import("../../publish/api/access/limit.ts"),
  ]);
  const accessOf = accessOfKeys({ apiTokens: catalogue.apiTokens, clock, limits: createLimits() });
  return startApi({ catalogue, clock, logger, connectors, settings, accessOf }).catch((error: unknown) => {
    throw portTaken(error, settings, "MOISSON_API_PORT") ?? error;
  });
}

/** Throws `WrongUse` for a host that other machines can reach. `what`: the server, for the message; `variable`: the setting of its host. */
export function requireLoopback(host: string, what: string, variable: string): void {
  if (host === "localhost" || host === "::1" || /^127\./.test(host)) return;
  throw new WrongUse(`on the embedded catalogue the ${what} listens on this machine only: leave ${variable} out, or set DATABASE_URL`);
}

/** Returns the failure to report if an error means that the port is taken, or null. `variable`: the setting of the port. */
export function portTaken(error: unknown, { port, host }: Pick<ApiSettings, "port" | "host">, variable: string): NotDone | null {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isTaken ? new NotDone(`port ${port} of ${host} is taken; ${variable} chooses another`) : null;
}
