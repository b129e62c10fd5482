import { type ApiSettings, readApiSettings } from "../../publish/api/api-settings.ts";
import type { StartedApi } from "../../publish/api/start-api.ts";
import { NotDone } from "../exit.ts";
import { type ApiGiven, requireLoopback, serveApi } from "../operation/serve-api.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Returns the settings of the API that the console serves with the embedded catalogue, or null with `MOISSON_API_PORT=off`.
 * Throws `WrongSettings`, and `WrongUse` for a host that other machines can reach.
 */
export function apiSettingsBesideConsole(environment: Readonly<Record<string, string | undefined>>): ApiSettings | null {
  if (environment.MOISSON_API_PORT === "off") return null;
  const settings = readApiSettings(environment);
  requireLoopback(settings.host, "API", "MOISSON_API_HOST");
  return settings;
}

/** Serves the API next to the console and prints its address. If the port is taken, prints a warning and returns null. */
export async function serveApiBesideConsole(
  { settings, ...given }: Omit<ApiGiven, "settings"> & { readonly settings: ApiSettings | null },
  terminal: Pick<Terminal, "err">,
): Promise<StartedApi | null> {
  if (settings === null) return null;
  try {
    const api = await serveApi({ ...given, settings });
    terminal.err(`API: ${api.url}/api/`);
    return api;
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    terminal.err(`the API is not served: ${error.message}, or leaves it out (off)`);
    return null;
  }
}
