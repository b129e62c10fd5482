/**
 * Why an act of a person is not possible, or which input is wrong. `french/` and `cli/english/` contain the sentences. Parameters: `by` of
 * `sent-meanwhile`; `code` and `status` of `mail-not-sent`; `max` of a limit; `link` of `text-without-link`.
 */
export type ActRefusalCode =
  | "address-revoked"
  | "already-revoked"
  | "mail-not-set-up"
  | "mail-not-sent"
  | "sent-meanwhile"
  | "no-whole-feed"
  | "reads-no-site"
  | "no-aid-read"
  | "no-such-point"
  | "no-such-request"
  | "no-reason"
  | "stop-ended"
  | "file-not-served"
  | "file-changed"
  | InputCode;

type InputCode =
  | "not-a-mail-address"
  | "no-recipient"
  | "too-many-recipients"
  | "no-subject"
  | "subject-with-lines"
  | "subject-too-long"
  | "text-too-long"
  | "text-without-link"
  | "no-answer"
  | "no-planned-day"
  | "planned-day-past"
  | "planned-day-far"
  | "remark-too-long";

export interface ActRefusal {
  readonly code: ActRefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Result of an act that is not possible. Nothing was done. */
export interface Refused {
  readonly refused: ActRefusal;
}

/** Result of an act whose input is wrong. Nothing was done. */
export interface WrongInput {
  readonly problems: readonly ActRefusal[];
}

/** Returns a refusal as the result of an act. */
export function refusedAct(code: ActRefusalCode, params: ActRefusal["params"] = {}): Refused {
  return { refused: { code, params } };
}
