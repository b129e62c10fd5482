/** A remark of a plan about one or two aids. It changes nothing. */
export interface Remark {
  readonly code: RemarkCode;
  readonly aidId: string | null;
  readonly externalId: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Code of a remark, with its parameters:
 * - `spared`: the undo does not change these `fields` (all, if empty), because a person or a later run has changed them;
 * - `doubtful-pair`: perhaps the same aid under another id (`with`, `certainty`, `reasons`);
 * - `our-own`: an aid of our own catalogue (`of`) that returns through a feed;
 * - `renamed-rejected`: a rejected or merged aid has a new id (`was` is the old one);
 * - `linked-elsewhere`: a new aid that is linked to one of another connector, with the parameters of `known-elsewhere`;
 * - `known-elsewhere`: an aid that another connector has already brought (`of`, `certainty`, `reasons`; `contradicts` lists the fields with
 *   `incoming` and `known` values), `maybe-elsewhere` if this is not certain;
 * - `contradicts-elsewhere`: a changed aid contradicts the aid of another connector that is the same, with the parameters of `known-elsewhere`;
 * - `no-match`: none of our aids matches this live aid;
 * - `not-in-file`: an aid of the former connector (`title`) that the new file does not contain; it stays as it is;
 * - `territory-changed`: a territory (`with`, `name`) that the new `edition` changes (`kind`, `by`), with its number of `aids` and its
 *   `publishers`: see `TerritoryChange`.
 */
export type RemarkCode =
  | "linked-elsewhere"
  | "contradicts-elsewhere"
  | "known-elsewhere"
  | "maybe-elsewhere"
  | "spared"
  | "doubtful-pair"
  | "our-own"
  | "renamed-rejected"
  | "no-match"
  | "not-in-file"
  | "territory-changed";
