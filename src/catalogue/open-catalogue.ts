import { ApiTokenRepository } from "./accounts/api-token-repository.ts";
import { AttemptRepository } from "./accounts/attempt-repository.ts";
import { AuditRepository } from "./accounts/audit-repository.ts";
import { NotificationRepository } from "./accounts/notification-repository.ts";
import { PeopleRepository } from "./accounts/people-repository.ts";
import { PublisherAccountRepository } from "./accounts/publisher-account-repository.ts";
import { SealedValueRepository } from "./accounts/sealed-value-repository.ts";
import { SecondFactorRepository } from "./accounts/second-factor-repository.ts";
import { SessionRepository } from "./accounts/session-repository.ts";
import { AidRepository } from "./aids/aid-repository.ts";
import { AidTraceRepository } from "./aids/aid-trace-repository.ts";
import { ChangeFeedRepository } from "./aids/change-feed-repository.ts";
import { ChangeQueueRepository } from "./aids/change-queue-repository.ts";
import { HistoryRepository } from "./aids/history-repository.ts";
import { LinkRepository } from "./aids/link-repository.ts";
import { AidVisitRepository, ReviewQueueRepository } from "./aids/review-queue-repository.ts";
import type { Connection } from "./connection/connection.ts";
import { DatabaseRepository } from "./connection/database-repository.ts";
import type { SharedDatabase } from "./connection/shared-database.ts";
import { ConnectorRepository } from "./connectors/connector-repository.ts";
import { ConnectorVersionRepository } from "./connectors/connector-version-repository.ts";
import { DraftRepository } from "./connectors/draft-repository.ts";
import { FeedDecisionRepository } from "./connectors/feed-decision-repository.ts";
import { SecretRepository } from "./connectors/secret-repository.ts";
import { WordRepository } from "./connectors/word-repository.ts";
import { ForgettingRepository } from "./forgetting/forgetting-repository.ts";
import { LetterAnswerRepository } from "./letters/letter-answer-repository.ts";
import { LetterRepository } from "./letters/letter-repository.ts";
import { MachineFaultRepository } from "./machines/machine-fault-repository.ts";
import { WorkerRepository } from "./machines/worker-repository.ts";
import { AnsweredAidRepository } from "./plans/answered-aid-repository.ts";
import { PlanPageRepository } from "./plans/plan-page-repository.ts";
import { PlanRepository } from "./plans/plan-repository.ts";
import { PublishedByRunsRepository } from "./plans/published-by-runs.ts";
import { PublisherPlanRepository } from "./plans/publisher-plan-repository.ts";
import { StandingDecisionRepository } from "./plans/standing-decision-repository.ts";
import { AidReadRepository } from "./published/aid-read-repository.ts";
import { CatalogueJumpRepository } from "./published/catalogue-jump-repository.ts";
import { FunnelRepository } from "./published/funnel-repository.ts";
import { NamedNumberRepository } from "./published/named-number-repository.ts";
import { OpenDataRepository } from "./published/open-data-repository.ts";
import { PersonAnswerRepository } from "./published/person-answer-repository.ts";
import { PublishedChangeRepository } from "./published/published-change-repository.ts";
import { PublishedRepository } from "./published/published-repository.ts";
import { ReuseBasisRepository } from "./published/reuse-basis-repository.ts";
import { ContactRepository } from "./publishers/contact-repository.ts";
import { CoverageRepository } from "./publishers/coverage-repository.ts";
import { ExchangeRepository } from "./publishers/exchange-repository.ts";
import { FeedLeadRepository } from "./publishers/feed-lead-repository.ts";
import { FiguresRepository } from "./publishers/figures-repository.ts";
import { OpenDataOfferRepository } from "./publishers/open-data-offer-repository.ts";
import { PeoplePolicyRepository } from "./publishers/people-policy-repository.ts";
import { PreviewRepository } from "./publishers/preview-repository.ts";
import { PublisherFileRepository } from "./publishers/publisher-file-repository.ts";
import { PublisherListingRepository } from "./publishers/publisher-listing-repository.ts";
import { PublisherRepository } from "./publishers/publisher-repository.ts";
import { PublisherRequestRepository } from "./publishers/publisher-request-repository.ts";
import { PublisherSpaceRepository } from "./publishers/publisher-space-repository.ts";
import { ErrorReportRepository } from "./reports/error-report-repository.ts";
import { RetentionRepository } from "./retention/retention-repository.ts";
import { AbsenceRepository } from "./runs/absence-repository.ts";
import { ActivityRepository } from "./runs/activity-repository.ts";
import { AppliedRunRepository } from "./runs/applied-run-repository.ts";
import { DigestRepository } from "./runs/digest-repository.ts";
import { GivenFileRepository } from "./runs/given-file-repository.ts";
import { OverviewRepository } from "./runs/overview-repository.ts";
import { RejectedRepository } from "./runs/rejected-repository.ts";
import { RunQueueRepository } from "./runs/run-queue-repository.ts";
import { RunRepository } from "./runs/run-repository.ts";
import { ScheduleRepository } from "./runs/schedule-repository.ts";
import { SetAsideRepository } from "./runs/set-aside-repository.ts";
import { StagingRepository } from "./runs/staging-repository.ts";
import { DatabaseRoles } from "./schema/database-roles.ts";
import { type MigrateMode, migrate, ourMigrations } from "./schema/migrate.ts";
import { SearchMissRepository } from "./search/search-miss-repository.ts";
import { SearchRepository } from "./search/search-repository.ts";
import { SnapshotRepository } from "./snapshots/snapshot-repository.ts";
import { refreshEdition } from "./territories/edition-in-use.ts";
import { TerritoryEditionRepository } from "./territories/territory-edition-repository.ts";

/** Location and settings of the catalogue. */
export interface CatalogueOptions {
  /** PostgreSQL database. Default: the embedded database in `home`. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded catalogue. */
  readonly home: string;
  /** Schema of all our tables. Default `moisson`; tests use their own. */
  readonly schema?: string;
  /** Default `if-empty`: refuses a database with missing migrations. */
  readonly migrate?: MigrateMode;
  /** Called with the workers of a server before missing migrations are applied, and the newest of these. */
  readonly beforeMigration?: (newest: string, workers: WorkerRepository) => Promise<void>;
  /** Maximum number of concurrent runs in this process. Default 1. */
  readonly runsAtOnce?: number;
  /** See `PostgresqlOptions`. */
  readonly leaseSeconds?: number;
  /** Name of this process's connections on the server: see `applicationNameOf`. */
  readonly applicationName?: string;
}

/** The repositories of the catalogue, by subject. */
const repositories = {
  connectors: ConnectorRepository,
  connectorVersions: ConnectorVersionRepository,
  feedDecisions: FeedDecisionRepository,
  snapshots: SnapshotRepository,
  runs: RunRepository,
  appliedRuns: AppliedRunRepository,
  rejected: RejectedRepository,
  givenFiles: GivenFileRepository,
  schedule: ScheduleRepository,
  forgetting: ForgettingRepository,
  retention: RetentionRepository,
  digests: DigestRepository,
  links: LinkRepository,
  staging: StagingRepository,
  plans: PlanRepository,
  planPages: PlanPageRepository,
  standingDecisions: StandingDecisionRepository,
  answeredAids: AnsweredAidRepository,
  publishedByRuns: PublishedByRunsRepository,
  absences: AbsenceRepository,
  aids: AidRepository,
  apiTokens: ApiTokenRepository,
  history: HistoryRepository,
  changeFeed: ChangeFeedRepository,
  aidTraces: AidTraceRepository,
  activity: ActivityRepository,
  overview: OverviewRepository,
  setAsides: SetAsideRepository,
  drafts: DraftRepository,
  letterAnswers: LetterAnswerRepository,
  letters: LetterRepository,
  search: SearchRepository,
  namedNumbers: NamedNumberRepository,
  published: PublishedRepository,
  publishedChanges: PublishedChangeRepository,
  jumps: CatalogueJumpRepository,
  reuseBases: ReuseBasisRepository,
  personAnswers: PersonAnswerRepository,
  peoplePolicies: PeoplePolicyRepository,
  aidReads: AidReadRepository,
  errorReports: ErrorReportRepository,
  feedLeads: FeedLeadRepository,
  funnel: FunnelRepository,
  searchMisses: SearchMissRepository,
  openData: OpenDataRepository,
  reviewQueue: ReviewQueueRepository,
  changeQueue: ChangeQueueRepository,
  aidVisits: AidVisitRepository,
  words: WordRepository,
  people: PeopleRepository,
  secondFactors: SecondFactorRepository,
  notifications: NotificationRepository,
  attempts: AttemptRepository,
  audit: AuditRepository,
  publisherListing: PublisherListingRepository,
  previews: PreviewRepository,
  publishers: PublisherRepository,
  publisherAccounts: PublisherAccountRepository,
  publisherPlans: PublisherPlanRepository,
  publisherFiles: PublisherFileRepository,
  publisherSpace: PublisherSpaceRepository,
  openDataOffers: OpenDataOfferRepository,
  publisherRequests: PublisherRequestRepository,
  exchanges: ExchangeRepository,
  contacts: ContactRepository,
  coverage: CoverageRepository,
  figures: FiguresRepository,
  secrets: SecretRepository,
  sealedValues: SealedValueRepository,
  territoryEditions: TerritoryEditionRepository,
  database: DatabaseRepository,
  machineFaults: MachineFaultRepository,
};

type Repositories = { readonly [Name in keyof typeof repositories]: InstanceType<(typeof repositories)[Name]> };

/** The catalogue, with a repository for each subject. */
export interface Catalogue extends Repositories {
  readonly kind: "embedded" | "postgresql";
  /** Lets another process use the embedded database by messages; null on a server, to which a process connects itself. */
  readonly share: (() => SharedDatabase) | null;
  /** Names of the migrations applied on opening. */
  readonly migrated: readonly string[];
  readonly roles: DatabaseRoles;
  readonly runQueue: RunQueueRepository;
  readonly workers: WorkerRepository;
  /** Sessions of colleagues. */
  readonly sessions: SessionRepository;
  readonly publisherSessions: SessionRepository;
  close(): Promise<void>;
}

/**
 * Opens the catalogue, or creates it.
 * @throws CatalogueRefused if a person must act; RunFailed `storage-failed` if the database does not answer
 */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const schema = options.schema ?? "moisson";
  const connection = await connect(options, schema);
  const { migrate: mode = "if-empty", beforeMigration } = options;
  // The embedded catalogue has one process.
  const before = connection.kind === "embedded" ? undefined : beforeMigration;
  return catalogueOn(connection, schema, mode, before);
}

/** Imports only the driver in use: the embedded database is a hundred megabytes of code. */
async function connect(
  { databaseUrl, home, runsAtOnce, leaseSeconds, applicationName }: CatalogueOptions,
  schema: string,
): Promise<Connection> {
  if (databaseUrl === undefined) return (await import("./connection/connect-embedded.ts")).connectEmbedded(home, schema);
  return (await import("./connection/connect-postgresql.ts")).connectPostgresql({
    url: databaseUrl,
    schema,
    ...(runsAtOnce !== undefined && { runsAtOnce }),
    ...(leaseSeconds !== undefined && { leaseSeconds }),
    ...(applicationName !== undefined && { applicationName }),
  });
}

/** Opens a catalogue on a connection. Closing the catalogue closes the connection too. */
export async function catalogueOn(
  connection: Connection,
  schema: string,
  mode: MigrateMode,
  before?: CatalogueOptions["beforeMigration"],
): Promise<Catalogue> {
  const { kind, store } = connection;
  const workers = new WorkerRepository(store, connection.heartbeats);
  try {
    const migrated = await migrate(store, schema, mode, ourMigrations, async (newest) => before?.(newest, workers));
    await refreshEdition(store);
    const opened = Object.entries(repositories).map(([name, Repository]) => [name, new Repository(store)]);
    return {
      kind,
      share: connection.share ?? null,
      migrated,
      roles: new DatabaseRoles(store, schema),
      runQueue: new RunQueueRepository(store, connection.heartbeats),
      workers,
      sessions: new SessionRepository(store, "colleagues"),
      publisherSessions: new SessionRepository(store, "publishers"),
      ...(Object.fromEntries(opened) as Repositories),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
