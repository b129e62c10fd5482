import { z } from "zod";

/** A port number. */
export const portSetting = z
  .string()
  .regex(/^\d{1,5}$/, "a port, 1 to 65535")
  .transform(Number)
  .refine((value) => value > 0 && value < 65_536, "a port, 1 to 65535");

/** A web address. `abort`: refinements of a setting may parse it. */
export const addressSetting = z.url({ protocol: /^https?$/, error: "an address that begins with http:// or https://", abort: true });
