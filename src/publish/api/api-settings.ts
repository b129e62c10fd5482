import { z } from "zod";
import { readVariables, WrongSettings } from "../../platform/config.ts";
import { addressSetting, portSetting } from "../../platform/setting-shapes.ts";
import type { OpenDataPublisher } from "../exports/dcat-catalogue.ts";
import { readOpenDataPublisher } from "../open-data/read-publisher.ts";

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

/** Settings of the read API, from the environment. */
export interface ApiSettings {
  readonly port: number;
  readonly host: string;
  /** Public address without final slash; null: where it listens. */
  readonly url: string | null;
  /** A proxy is in front and its `X-Forwarded-For` is trusted. */
  readonly isBehindProxy: boolean;
  /** Serves the search page for town halls. */
  readonly hasSearchPage: boolean;
  /** Address of the console's public pages, without final slash: the search page links to its legal pages. Null: unknown. */
  readonly publicUrl: string | null;
  readonly publisher: OpenDataPublisher;
}

/** Reads the settings. Throws `WrongSettings` with a line for each invalid one. */
export function readApiSettings(environment: Readonly<Record<string, string | undefined>>): ApiSettings {
  const values = readVariables(Environment, environment);
  // Addresses of next pages begin with this URL. Behind a proxy, clients cannot reach the local address.
  if (values.MOISSON_API_PROXY === "yes" && values.MOISSON_API_URL === undefined)
    throw new WrongSettings(["MOISSON_API_URL: expected, because MOISSON_API_PROXY is yes"]);
  return {
    port: values.MOISSON_API_PORT,
    host: values.MOISSON_API_HOST,
    url: values.MOISSON_API_URL?.replace(/\/+$/, "") ?? null,
    isBehindProxy: values.MOISSON_API_PROXY === "yes",
    hasSearchPage: values.MOISSON_API_SEARCH === "yes",
    publicUrl: values.MOISSON_PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    publisher: readOpenDataPublisher(environment),
  };
}
