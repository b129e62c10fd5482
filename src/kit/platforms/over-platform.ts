import type { ConnectorInput } from "../definition.ts";
import type { FieldRules } from "../field-rules.ts";

/** The connector's own part: everything but the format, and of the fields those that its platform leaves open. */
export type PlatformConnector = Omit<ConnectorInput, "decode" | "fields"> & { readonly fields?: Partial<FieldRules> };

/** The platform's part. */
export interface Platform {
  readonly decode: ConnectorInput["decode"];
  readonly ignored?: readonly string[];
  readonly fields: FieldRules;
}

/** Combines a connector with its platform. The connector's rules override the platform's; its ignored fields are added. */
export function overPlatform(about: PlatformConnector, platform: Platform): ConnectorInput {
  return {
    ...about,
    decode: platform.decode,
    ignored: [...(platform.ignored ?? []), ...(about.ignored ?? [])],
    fields: { ...platform.fields, ...about.fields },
  };
}
