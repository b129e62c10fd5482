import type { Fault } from "../fault.ts";

/** The connection to the publisher breaks in the middle of the feed, and the next ones break at once. */
export const networkCut: Fault = {
  name: "network-cut",
  words: "the connection to the publisher breaks in the middle of the feed, three times in a row",
  tries: 5,
  async strike({ lane }) {
    lane.door.cut(2);
  },
};
