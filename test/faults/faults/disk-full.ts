import type { Fault } from "../fault.ts";

/** The catalogue's disk is full until a run has failed because of it. */
export const catalogueDiskFull: Fault = {
  name: "catalogue-disk-full",
  words: "the disk of the catalogue and its snapshots is full until a run fails, for 8 s at most",
  tries: 5,
  async strike({ lane, queue, goOn, untilSomethingFailed }) {
    await lane.disk.fill();
    goOn();
    await untilSomethingFailed(8);
    await lane.disk.free();
    // PostgreSQL stops by itself if its log has no space.
    if (queue !== "in-process") await lane.postgresql.ensureUp();
  },
};

/** The disk for downloads is full until a run has failed because of it. */
export const spoolDiskFull: Fault = {
  name: "spool-disk-full",
  words: "the disk for downloads is full until a run fails, for 8 s at most",
  tries: 5,
  async strike({ lane, goOn, untilSomethingFailed }) {
    await lane.spool.fill();
    goOn();
    await untilSomethingFailed(8);
    await lane.spool.free();
  },
};
