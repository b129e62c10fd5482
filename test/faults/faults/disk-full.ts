import type { Fault } from "../fault.ts";

/** The disk of the catalogue is full until a run has failed of it. */
export const catalogueDiskFull: Fault = {
  name: "catalogue-disk-full",
  words: "the disk of the catalogue and its snapshots is full until a run fails, for 8 s at most",
  tries: 5,
  async strike({ lane, queue, goOn, untilSomethingFailed }) {
    await lane.disk.fill();
    goOn();
    await untilSomethingFailed(8);
    await lane.disk.free();
    // It stops by itself where its log finds no room.
    if (queue !== "in-process") await lane.postgresql.ensureUp();
  },
};

/** The disk for downloads is full until a run has failed of it. */
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
