import { z } from "zod";
import { readVariables, WrongSettings } from "../../platform/config.ts";
import { addressSetting, portSetting } from "../../platform/setting-shapes.ts";
import { openDataVariables, readOpenDataPublisher } from "../open-data/read-publisher.ts";

const Environment = z.object({
  MOISSON_API_PORT: portSetting.default(3001),
  MOISSON_API_HOST: z.string().min(1).default("127.0.0.1"),
  MOISSON_API_URL: addressSetting
    .refine((text) => new URL(text).search === "" && new URL(text).hash === "", "an address without ? and #")
    .optional(),
  MOISSON_API_PROXY: z.enum(["yes", "no"], { error: "yes or no" }).default("no"),
  MOISSON_API_SEARCH: z.enum(["yes", "no"], { error: "yes or no" }).default("no"),
  MOISSON_PUBLIC_URL: addressSetting.optional(),
});

/** Names of the variables of the API and of open data. */
export const apiVariables: readonly string[] = [...Object.keys(Environment.shape), ...openDataVariables];

/** Settings of the read API, from the environment. */
export type ApiSettings = Readonly<ReturnType<typeof readApiSettings>>;

/** Reads the settings. Throws `WrongSettings` with a line for each invalid one. */
export function readApiSettings(environment: Readonly<Record<string, string | undefined>>) {
  const values = readVariables(Environment, environment);
  // Addresses of next pages begin with this URL. Behind a proxy, clients cannot reach the local address.
  if (values.MOISSON_API_PROXY === "yes" && values.MOISSON_API_URL === undefined)
    throw new WrongSettings(["MOISSON_API_URL: expected, because MOISSON_API_PROXY is yes"]);
  return {
    port: values.MOISSON_API_PORT,
    host: values.MOISSON_API_HOST,
    /** Public address without final slash; null: where it listens. */
    url: values.MOISSON_API_URL?.replace(/\/+$/, "") ?? null,
    /** A proxy is in front and its `X-Forwarded-For` is trusted. */
    isBehindProxy: values.MOISSON_API_PROXY === "yes",
    /** Serves the search page for town halls. */
    hasSearchPage: values.MOISSON_API_SEARCH === "yes",
    /** Address of the console's public pages, without final slash: the search page links to its legal pages. Null: unknown. */
    publicUrl: values.MOISSON_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    publisher: readOpenDataPublisher(environment),
  };
}
