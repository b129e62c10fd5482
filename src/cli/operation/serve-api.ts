import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Services } from "../../ingest/run-inputs.ts";
import type { ApiSettings } from "../../publish/api/settings.ts";
import type { StartedApi } from "../../publish/api/start-api.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { NotDone } from "../exit.ts";

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
    throw portTaken(error, settings) ?? error;
  });
}

/** True for a host that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function portTaken(error: unknown, { port, host }: ApiSettings): NotDone | null {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isTaken ? new NotDone(`port ${port} of ${host} is taken; MOISSON_API_PORT chooses another`) : null;
}
