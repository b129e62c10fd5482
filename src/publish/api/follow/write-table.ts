import { readableText } from "../../../kit/values/html/readable-text.ts";
import { byteOrderMark, frenchCsvLine } from "../../exports/french-csv.ts";
import type { FollowedRecord } from "./followed-records.ts";

const joined = (texts: readonly string[]) => texts.join(" | ");
const plain = (html: string | null) => (html === null ? "" : readableText(html));

/** Columns of the CSV of a search: French labels, plain text, dates as `YYYY-MM-DD`, values separated by ` | `. */
const columns: Readonly<Record<string, (record: FollowedRecord) => string | number | null>> = {
  Identifiant: ({ aid_id }) => aid_id,
  Titre: ({ name }) => name,
  Porteurs: ({ financers }) => joined(financers),
  Instructeurs: ({ instructors }) => joined(instructors),
  Programmes: ({ programs }) => joined(programs),
  Description: ({ description }) => plain(description),
  Conditions: ({ eligibility }) => plain(eligibility),
  "Types d’aide": ({ aid_types }) => joined(aid_types),
  Bénéficiaires: ({ targeted_audiences }) => joined(targeted_audiences),
  Thématiques: ({ categories }) => joined(categories),
  "Avancement du projet": ({ mobilization_steps }) => joined(mobilization_steps),
  "Dépenses couvertes": ({ destinations }) => joined(destinations),
  Territoire: ({ perimeter }) => perimeter,
  Récurrence: ({ recurrence }) => recurrence,
  Ouverture: ({ start_date }) => start_date,
  Clôture: ({ submission_deadline }) => submission_deadline,
  "Taux minimal (%)": ({ subvention_rate_lower_bound }) => subvention_rate_lower_bound,
  "Taux maximal (%)": ({ subvention_rate_upper_bound }) => subvention_rate_upper_bound,
  Contact: ({ contact }) => plain(contact),
  Lien: ({ origin_url }) => origin_url,
  Candidature: ({ application_url }) => application_url,
  Producteur: ({ publisher }) => publisher.name,
  Licence: ({ import_share_licence }) => import_share_licence,
  Mention: ({ import_data_mention }) => import_data_mention,
};

/** First line of the CSV. */
export const tableHead = `${byteOrderMark}${frenchCsvLine(Object.keys(columns))}`;

/** Returns the line of a record. */
export function tableLine(record: FollowedRecord): string {
  return frenchCsvLine(Object.values(columns).map((value) => value(record)));
}
