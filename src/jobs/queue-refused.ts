/** The queue cannot be used as it is: a person must act. Said in one line, which holds no address. */
export class QueueRefused extends Error {
  override readonly name = "QueueRefused";
}
