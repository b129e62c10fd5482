/** The queue cannot be used and a person must act. The message is one line without an address. */
export class QueueRefused extends Error {
  override readonly name: string = "QueueRefused";
}

/** The server does not answer now; it may later. */
export class QueueUnreachable extends QueueRefused {
  override readonly name = "QueueUnreachable";
}
