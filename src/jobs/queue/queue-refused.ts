/** The queue cannot be used as it is: a person must act. Said in one line, which holds no address. */
export class QueueRefused extends Error {
  override readonly name: string = "QueueRefused";
}

/** Its server does not answer now, as while it starts: it may later. */
export class QueueUnreachable extends QueueRefused {
  override readonly name = "QueueUnreachable";
}
