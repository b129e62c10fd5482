import type { ConnectorInput } from "../definition.ts";
import type { FieldRules } from "../field-rules.ts";

/** The part of a connector that its platform does not define. */
export type PlatformConnector = Omit<ConnectorInput, "decode" | "fields"> & { readonly fields?: Partial<FieldRules> };

/** The part of a connector that its platform defines. */
export interface Platform {
  readonly decode: ConnectorInput["decode"];
  readonly ignored?: readonly string[];
  readonly fields: FieldRules;
}

/** Combines a connector with its platform. Its rules replace the platform's; fields that either ignores are ignored. */
export function withPlatform(about: PlatformConnector, platform: Platform): ConnectorInput {
  return {
    ...about,
    decode: platform.decode,
    ignored: [...(platform.ignored ?? []), ...(about.ignored ?? [])],
    fields: { ...platform.fields, ...about.fields },
  };
}
