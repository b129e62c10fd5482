import { ApiTokenRepository } from "./accounts/api-token-repository.ts";
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
import { LetterAnswerRepository } from "./letters/letter-answer-repository.ts";
import { LetterRepository } from "./letters/letter-repository.ts";
import { PlanPageRepository } from "./plans/plan-page-repository.ts";
import { PlanRepository } from "./plans/plan-repository.ts";
import { PublishedByRunsRepository } from "./plans/published-by-runs.ts";
import { PublisherPlanRepository } from "./plans/publisher-plan-repository.ts";
import { StandingDecisionRepository } from "./plans/standing-decision-repository.ts";
import { AidReadRepository } from "./published/aid-read-repository.ts";
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
import { ForgettingRepository } from "./retention/forgetting-repository.ts";
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
import { type MigrateMode, migrate } from "./schema/migrate.ts";
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
  /** Maximum number of concurrent runs in this process. Default 1. */
  readonly runsAtOnce?: number;
  /** See `PostgresqlOptions`. */
  readonly leaseSeconds?: number;
  /** Name of this process's connections on the server: see `applicationNameOf`. */
  readonly applicationName?: string;
}

/** The catalogue, with a repository for each subject. */
export interface Catalogue {
  readonly kind: "embedded" | "postgresql";
  /** Lets another process use the embedded database by messages; null on a server, to which a process connects itself. */
  readonly share: (() => SharedDatabase) | null;
  /** Names of the migrations applied on opening. */
  readonly migrated: readonly string[];
  readonly roles: DatabaseRoles;
  readonly connectors: ConnectorRepository;
  readonly connectorVersions: ConnectorVersionRepository;
  readonly feedDecisions: FeedDecisionRepository;
  readonly snapshots: SnapshotRepository;
  readonly runs: RunRepository;
  readonly appliedRuns: AppliedRunRepository;
  readonly rejected: RejectedRepository;
  readonly givenFiles: GivenFileRepository;
  readonly runQueue: RunQueueRepository;
  readonly schedule: ScheduleRepository;
  readonly forgetting: ForgettingRepository;
  readonly retention: RetentionRepository;
  readonly digests: DigestRepository;
  readonly links: LinkRepository;
  readonly staging: StagingRepository;
  readonly plans: PlanRepository;
  readonly planPages: PlanPageRepository;
  readonly standingDecisions: StandingDecisionRepository;
  readonly publishedByRuns: PublishedByRunsRepository;
  readonly absences: AbsenceRepository;
  readonly aids: AidRepository;
  readonly apiTokens: ApiTokenRepository;
  readonly history: HistoryRepository;
  readonly changeFeed: ChangeFeedRepository;
  readonly aidTraces: AidTraceRepository;
  readonly activity: ActivityRepository;
  readonly overview: OverviewRepository;
  readonly setAsides: SetAsideRepository;
  readonly drafts: DraftRepository;
  readonly letterAnswers: LetterAnswerRepository;
  readonly letters: LetterRepository;
  readonly search: SearchRepository;
  readonly namedNumbers: NamedNumberRepository;
  readonly published: PublishedRepository;
  readonly publishedChanges: PublishedChangeRepository;
  readonly reuseBases: ReuseBasisRepository;
  readonly personAnswers: PersonAnswerRepository;
  readonly peoplePolicies: PeoplePolicyRepository;
  readonly aidReads: AidReadRepository;
  readonly errorReports: ErrorReportRepository;
  readonly feedLeads: FeedLeadRepository;
  readonly funnel: FunnelRepository;
  readonly searchMisses: SearchMissRepository;
  readonly openData: OpenDataRepository;
  readonly reviewQueue: ReviewQueueRepository;
  readonly changeQueue: ChangeQueueRepository;
  readonly aidVisits: AidVisitRepository;
  readonly words: WordRepository;
  readonly people: PeopleRepository;
  readonly secondFactors: SecondFactorRepository;
  readonly notifications: NotificationRepository;
  readonly sessions: SessionRepository;
  readonly audit: AuditRepository;
  readonly publisherListing: PublisherListingRepository;
  readonly previews: PreviewRepository;
  readonly publishers: PublisherRepository;
  readonly publisherAccounts: PublisherAccountRepository;
  readonly publisherPlans: PublisherPlanRepository;
  readonly publisherFiles: PublisherFileRepository;
  readonly publisherSpace: PublisherSpaceRepository;
  readonly openDataOffers: OpenDataOfferRepository;
  readonly publisherRequests: PublisherRequestRepository;
  readonly exchanges: ExchangeRepository;
  readonly contacts: ContactRepository;
  readonly coverage: CoverageRepository;
  readonly figures: FiguresRepository;
  readonly secrets: SecretRepository;
  readonly sealedValues: SealedValueRepository;
  readonly territoryEditions: TerritoryEditionRepository;
  readonly database: DatabaseRepository;
  close(): Promise<void>;
}

/**
 * Opens the catalogue, or creates it.
 * @throws CatalogueRefused if a person must act; RunFailed `storage-failed` if the database does not answer
 */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const schema = options.schema ?? "moisson";
  const connection = await connect(options, schema);
  return catalogueOn(connection, schema, options.migrate ?? "if-empty");
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
export async function catalogueOn(connection: Connection, schema: string, mode: MigrateMode): Promise<Catalogue> {
  const { kind, store } = connection;
  try {
    const migrated = await migrate(store, schema, mode);
    await refreshEdition(store);
    return {
      kind,
      share: connection.share ?? null,
      migrated,
      roles: new DatabaseRoles(store, schema),
      connectors: new ConnectorRepository(store),
      connectorVersions: new ConnectorVersionRepository(store),
      publishedByRuns: new PublishedByRunsRepository(store),
      standingDecisions: new StandingDecisionRepository(store),
      feedDecisions: new FeedDecisionRepository(store),
      snapshots: new SnapshotRepository(store),
      runs: new RunRepository(store),
      appliedRuns: new AppliedRunRepository(store),
      rejected: new RejectedRepository(store),
      givenFiles: new GivenFileRepository(store),
      runQueue: new RunQueueRepository(store, connection.heartbeats),
      schedule: new ScheduleRepository(store),
      forgetting: new ForgettingRepository(store),
      retention: new RetentionRepository(store),
      digests: new DigestRepository(store),
      links: new LinkRepository(store),
      staging: new StagingRepository(store),
      plans: new PlanRepository(store),
      planPages: new PlanPageRepository(store),
      absences: new AbsenceRepository(store),
      aids: new AidRepository(store),
      apiTokens: new ApiTokenRepository(store),
      history: new HistoryRepository(store),
      changeFeed: new ChangeFeedRepository(store),
      aidTraces: new AidTraceRepository(store),
      activity: new ActivityRepository(store),
      overview: new OverviewRepository(store),
      setAsides: new SetAsideRepository(store),
      drafts: new DraftRepository(store),
      letterAnswers: new LetterAnswerRepository(store),
      letters: new LetterRepository(store),
      search: new SearchRepository(store),
      namedNumbers: new NamedNumberRepository(store),
      published: new PublishedRepository(store),
      publishedChanges: new PublishedChangeRepository(store),
      reuseBases: new ReuseBasisRepository(store),
      personAnswers: new PersonAnswerRepository(store),
      peoplePolicies: new PeoplePolicyRepository(store),
      aidReads: new AidReadRepository(store),
      errorReports: new ErrorReportRepository(store),
      feedLeads: new FeedLeadRepository(store),
      funnel: new FunnelRepository(store),
      searchMisses: new SearchMissRepository(store),
      openData: new OpenDataRepository(store),
      reviewQueue: new ReviewQueueRepository(store),
      changeQueue: new ChangeQueueRepository(store),
      aidVisits: new AidVisitRepository(store),
      words: new WordRepository(store),
      people: new PeopleRepository(store),
      secondFactors: new SecondFactorRepository(store),
      notifications: new NotificationRepository(store),
      sessions: new SessionRepository(store),
      audit: new AuditRepository(store),
      publisherListing: new PublisherListingRepository(store),
      previews: new PreviewRepository(store),
      publishers: new PublisherRepository(store),
      publisherAccounts: new PublisherAccountRepository(store),
      publisherPlans: new PublisherPlanRepository(store),
      publisherFiles: new PublisherFileRepository(store),
      publisherSpace: new PublisherSpaceRepository(store),
      openDataOffers: new OpenDataOfferRepository(store),
      publisherRequests: new PublisherRequestRepository(store),
      exchanges: new ExchangeRepository(store),
      contacts: new ContactRepository(store),
      coverage: new CoverageRepository(store),
      figures: new FiguresRepository(store),
      secrets: new SecretRepository(store),
      sealedValues: new SealedValueRepository(store),
      territoryEditions: new TerritoryEditionRepository(store),
      database: new DatabaseRepository(store),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
