import type { ListedPerson, PeopleFilter } from "../../../catalogue/accounts/people-repository.ts";
import { roleLabels } from "../../../french/roles.ts";
import { counted } from "../../../french/typography.ts";
import { roles } from "../../../model/publisher/role.ts";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { roleOfPerson, signInWays } from "./account-words.ts";

/** The list of accounts. */
export const accountList = listRoutes<ListedPerson>({
  path: "/comptes",
  who: "admin",
  title: "Comptes",
  fileName: "comptes",
  caption: (count) => counted(count, "compte"),
  empty: () => "Aucun compte ne répond à ce filtre.",
  filters: [
    { name: "q", label: "Nom ou adresse", kind: "text" },
    {
      name: "role",
      label: "Rôle",
      kind: "choice",
      choices: () => [{ value: "none", label: "aucun rôle" }, ...roles.map((value) => ({ value, label: roleLabels[value] }))],
    },
    {
      name: "etat",
      label: "État",
      kind: "choice",
      choices: () => [
        { value: "ouvert", label: "ouvert" },
        { value: "ferme", label: "fermé" },
      ],
    },
  ],
  columns: [
    { title: "Nom", text: ({ name }) => name, cell: ({ name, personId }) => <a href={`/comptes/${personId}`}>{name}</a> },
    { title: "Adresse électronique", text: ({ email }) => email },
    {
      title: "Rôle",
      text: ({ role }) => (role === null ? "aucun rôle" : roleLabels[role]),
      cell: (person, { now }) => roleOfPerson(person, now),
    },
    { title: "Jusqu’au", text: ({ roleUntil }) => roleUntil, isExportOnly: true },
    {
      title: "Vu la dernière fois",
      text: ({ lastSeenAt }) => lastSeenAt?.toISOString() ?? null,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? "jamais" : formatShortDateTime(lastSeenAt)),
    },
    {
      title: "Se connecte par",
      text: (person) => signInWays(person, null),
      cell: signInWays,
    },
    {
      title: "État",
      text: ({ closedAt }) => (closedAt === null ? "ouvert" : "fermé"),
      cell: ({ closedAt }) => <Badge tone={closedAt === null ? "success" : "neutral"} label={closedAt === null ? "ouvert" : "fermé"} />,
    },
  ],
  rows: ({ catalogue }, filter, place) => catalogue.people.list(filterOf(filter), place),
  count: ({ catalogue }, filter) => catalogue.people.count(filterOf(filter)),
  above: () => (
    <div class="moisson-acts fr-mb-3w">
      <ButtonLink href="/comptes/nouveau" label="Inviter quelqu’un" />
      <ButtonLink kind="secondary" href="/journal" label="Journal : qui a fait quoi" />
      <ButtonLink kind="secondary" href="/comptes/cles-api" label="Clés de l’API" />
    </div>
  ),
});

function filterOf({ q, role, etat }: Filter): PeopleFilter {
  return {
    words: q,
    role: role === "none" ? "none" : roles.find((one) => one === role),
    isClosed: etat === undefined ? undefined : etat === "ferme",
  };
}
