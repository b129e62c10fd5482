import type { ConnectorInput } from "../definition.ts";
import type { FieldRules } from "../field-rules.ts";

/** What a connector says itself: all but how the feed is written, and of the fields those that its platform does not fix. */
export type BesidePlatform = Omit<ConnectorInput, "decode" | "fields"> & { readonly fields?: Partial<FieldRules> };

/** What a platform fixes. */
export interface Platform {
  readonly decode: ConnectorInput["decode"];
  readonly ignored?: readonly string[];
  readonly fields: FieldRules;
}

/** A connector on its platform: its rule of a field goes over the platform's, what it ignores is added. */
export function overPlatform(about: BesidePlatform, platform: Platform): ConnectorInput {
  return {
    ...about,
    decode: platform.decode,
    ignored: [...(platform.ignored ?? []), ...(about.ignored ?? [])],
    fields: { ...platform.fields, ...about.fields },
  };
}
