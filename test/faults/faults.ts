import type { Fault } from "./fault.ts";
import { block } from "./faults/block.ts";
import { clockJump } from "./faults/clock-jump.ts";
import { connectionsCut } from "./faults/connections-cut.ts";
import { databaseRestart } from "./faults/database-restart.ts";
import { catalogueDiskFull, spoolDiskFull } from "./faults/disk-full.ts";
import { freeze } from "./faults/freeze.ts";
import { kill } from "./faults/kill.ts";
import { networkCut } from "./faults/network-cut.ts";
import { redisCrash } from "./faults/redis-crash.ts";
import { redisEmptied } from "./faults/redis-emptied.ts";
import { stop } from "./faults/stop.ts";

/** All faults. */
export const faults: readonly Fault[] = [
  kill,
  block,
  stop,
  freeze,
  redisCrash,
  redisEmptied,
  databaseRestart,
  connectionsCut,
  catalogueDiskFull,
  spoolDiskFull,
  networkCut,
  clockJump,
];
