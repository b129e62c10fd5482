import { associationClients } from "./association-clients.ts";
import { businessClients } from "./business-clients.ts";
import type { Client } from "./client.ts";
import { collectingClients } from "./collecting-clients.ts";
import { townClients } from "./town-clients.ts";

/** All clients whose code was read, not only their requests. */
export const clients: readonly Client[] = [...townClients, ...businessClients, ...associationClients, ...collectingClients];
