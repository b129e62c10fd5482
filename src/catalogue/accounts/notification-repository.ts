import { sql } from "drizzle-orm";
import type { Role } from "../../model/publisher/role.ts";
import type { DeliveryCode } from "../../model/run/digest-delivery.ts";
import type { NotificationKind, NotificationPace } from "../../model/run/notification.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { notificationChoices, notificationDeliveries } from "../schema/console-tables.ts";
import { isoInstant, type Store } from "../store.ts";
import type { Person } from "./people-repository.ts";

/** What a person has chosen for a kind, and when. */
export type NotificationChoice = Readonly<Omit<typeof notificationChoices.$inferSelect, "person">>;

/** State of a person's delivery. `dailyFor`: the last handled time of the daily mail. `tries`: attempts since the last success. */
export type Delivery = Readonly<Pick<typeof notificationDeliveries.$inferSelect, "dailyFor" | "tries" | "triedAt">>;

/** A person who can be notified: an open account with a role. */
export interface Recipient extends Pick<Person, "personId" | "name" | "email"> {
  readonly role: Role;
  readonly choices: readonly NotificationChoice[];
  /** Keys of the decisions that they have been notified of. */
  readonly told: readonly string[];
  readonly delivery: Delivery;
}

/** People who have not received their last notifications, and why. */
export interface FailedNotifications {
  readonly people: number;
  readonly since: Date | null;
  readonly codes: readonly DeliveryCode[];
}

type RecipientRow = Omit<Recipient, "choices" | "delivery"> &
  Delivery & { readonly choices: readonly (Omit<NotificationChoice, "at"> & { readonly at: string })[] };

/** After this time, a decision that waits again is notified again. Runs replace plans in less time. */
const goneFor = sql`interval '1 hour'`;

/** The mail notifications that people have chosen, and those sent. */
export class NotificationRepository {
  constructor(private readonly store: Store) {}

  /** Returns what a person has chosen. */
  async choices(personId: string): Promise<NotificationChoice[]> {
    return this.store.datedRows<NotificationChoice>(
      ["at"],
      sql`select kind, pace, ${isoInstant(sql`at`)} as at from notification_choices where person = ${personId}::uuid order by kind`,
    );
  }

  /** Stores a person's choices. The time of an unchanged choice stays. */
  async choose(personId: string, paces: ReadonlyMap<NotificationKind, NotificationPace>, now: Date): Promise<void> {
    const chosen = [...paces].map(([kind, pace]) => ({ kind, pace }));
    await this.store.rows(sql`
      insert into notification_choices (person, kind, pace, at)
      select ${personId}::uuid, kind, pace, ${now.toISOString()}::timestamptz from jsonb_to_recordset(${storableJson(chosen)}::jsonb) as chosen (kind text, pace text)
      on conflict (person, kind) do update set pace = excluded.pace, at = excluded.at where notification_choices.pace <> excluded.pace`);
  }

  /** Lists the people with an open account and a role on `today` (`YYYY-MM-DD`), by id. */
  async recipients(today: string): Promise<Recipient[]> {
    const select = sql`
      select people.id as "personId", people.name, people.email, people.role,
        (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'pace', pace, 'at', ${isoInstant(sql`at`)})), '[]')
          from notification_choices where notification_choices.person = people.id) as choices,
        (select coalesce(jsonb_agg(item), '[]') from notified_decisions where notified_decisions.person = people.id) as told,
        ${isoInstant(sql`daily_for`)} as "dailyFor", coalesce(tries, 0) as tries, ${isoInstant(sql`tried_at`)} as "triedAt"
      from people left join notification_deliveries on notification_deliveries.person = people.id
      where closed_at is null and role is not null and (role_until is null or role_until >= ${today}::date) order by people.id`;
    const rows = await this.store.datedRows<RecipientRow>(["dailyFor", "triedAt"], select);
    return rows.map(({ choices, dailyFor, tries, triedAt, ...row }) => ({
      ...row,
      choices: choices.map(({ at, ...choice }) => ({ ...choice, at: new Date(at) })),
      delivery: { dailyFor, tries, triedAt },
    }));
  }

  /** Notes which decisions wait. Forgets who was notified of those that have not waited for an hour. */
  async noteWaiting(items: readonly string[], now: Date): Promise<void> {
    const [waiting, at] = [sql`(select jsonb_array_elements_text(${storableJson(items)}::jsonb))`, sql`${now.toISOString()}::timestamptz`];
    await this.store.rows(sql`delete from notified_decisions where gone_at <= ${at} - ${goneFor} and item not in ${waiting}`);
    await this.store.rows(sql`update notified_decisions set gone_at = null where gone_at is not null and item in ${waiting}`);
    await this.store.rows(sql`update notified_decisions set gone_at = ${at} where gone_at is null and item not in ${waiting}`);
  }

  /** Begins an attempt. Returns false if another worker has begun one since `delivery` was read. */
  async beginTry(personId: string, { tries, triedAt }: Delivery, now: Date): Promise<boolean> {
    const begun = await this.store.rows(sql`
      insert into notification_deliveries (person, tries, tried_at) values (${personId}::uuid, 1, ${now.toISOString()}::timestamptz)
      on conflict (person) do update set tries = notification_deliveries.tries + 1, tried_at = excluded.tried_at
        where notification_deliveries.tries = ${tries}
          and date_trunc('milliseconds', notification_deliveries.tried_at) is not distinct from ${triedAt?.toISOString() ?? null}::timestamptz
      returning 1`);
    return begun.length > 0;
  }

  /** Notes that the mail about these decisions was accepted. `dailyFor`: the time of the daily mail that it was, or null. */
  async endTry(personId: string, items: readonly string[], dailyFor: Date | null): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`
        insert into notified_decisions (person, item) select ${personId}::uuid, item from jsonb_array_elements_text(${storableJson(items)}::jsonb) as items (item)
        on conflict (person, item) do update set gone_at = null`);
      await transaction.rows(sql`
        update notification_deliveries set tries = 0, failure = null, daily_for = coalesce(${dailyFor?.toISOString() ?? null}::timestamptz, daily_for)
        where person = ${personId}::uuid`);
    });
  }

  /** Notes why the last attempt failed. */
  async failTry(personId: string, code: DeliveryCode): Promise<void> {
    await this.store.rows(sql`update notification_deliveries set failure = ${code} where person = ${personId}::uuid`);
  }

  /** Notes that a person has nothing left to receive. `dailyFor`: the time of the daily mail that they did not need, or null. */
  async endWithoutMail(personId: string, dailyFor: Date | null): Promise<void> {
    await this.store.rows(sql`
      insert into notification_deliveries (person, daily_for) values (${personId}::uuid, ${dailyFor?.toISOString() ?? null}::timestamptz)
      on conflict (person) do update set tries = 0, failure = null, daily_for = coalesce(excluded.daily_for, notification_deliveries.daily_for)`);
  }

  /** Returns who could not be reached. A worker that died during its first attempt does not count. */
  async failed(): Promise<FailedNotifications> {
    const select = sql`
      select count(*)::int as people, ${isoInstant(sql`min(tried_at)`)} as since,
        coalesce(jsonb_agg(distinct failure) filter (where failure is not null), '[]') as codes
      from notification_deliveries join people on people.id = notification_deliveries.person
      where people.closed_at is null and (failure is not null or tries > 1)`;
    const [found] = await this.store.datedRows<FailedNotifications>(["since"], select);
    return found ?? { people: 0, since: null, codes: [] };
  }
}
