/** How a letter says an anomaly. `what`: how many of what; `todo`: what the publisher may do; `example`: how it may be written. */
export interface FaultWords {
  readonly what: (count: number) => string;
  readonly todo: string;
  readonly example?: string;
}
