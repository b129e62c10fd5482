/** There is no such page, run, aid…: said in one French sentence. */
export class NotFound extends Error {
  constructor(readonly said: string) {
    super(said);
    this.name = "NotFound";
  }
}

/** It cannot be done: a French sentence that says why, and what to do. `status` 409: something has moved meanwhile. */
export class CannotDo extends Error {
  constructor(
    readonly said: string,
    readonly status: 409 | 422 | 503 = 422,
  ) {
    super(said);
    this.name = "CannotDo";
  }
}
