import { AbsenceRepository } from "./absence-repository.ts";
import { ActivityRepository } from "./activity-repository.ts";
import { AdoptionRepository } from "./adoption-repository.ts";
import { AidRepository } from "./aid-repository.ts";
import { ApiTokenRepository } from "./api-token-repository.ts";
import { AuditRepository } from "./audit-repository.ts";
import { BackerRepository } from "./backer-repository.ts";
import { ChangeFeedRepository } from "./change-feed-repository.ts";
import type { Connection } from "./connection.ts";
import { ConnectorRepository } from "./connector-repository.ts";
import { ConnectorVersionRepository } from "./connector-version-repository.ts";
import { ContactRepository } from "./contact-repository.ts";
import { CoverageRepository } from "./coverage-repository.ts";
import { DigestRepository } from "./digest-repository.ts";
import { DraftRepository } from "./draft-repository.ts";
import { DueTimeRepository } from "./due-time-repository.ts";
import { ExchangeRepository } from "./exchange-repository.ts";
import { FiguresRepository } from "./figures-repository.ts";
import { ForgettingRepository } from "./forgetting-repository.ts";
import { HistoryRepository } from "./history-repository.ts";
import { HostRepository } from "./host-repository.ts";
import { LetterAnswerRepository } from "./letter-answer-repository.ts";
import { LetterOverviewRepository } from "./letter-overview-repository.ts";
import { LetterRepository } from "./letter-repository.ts";
import { LikeAidRepository } from "./like-aid-repository.ts";
import { LinkRepository } from "./link-repository.ts";
import { type MigrateMode, migrate } from "./migrate.ts";
import { NightRepository } from "./night-repository.ts";
import { OpenDataRepository } from "./open-data-repository.ts";
import { PauseRepository } from "./pause-repository.ts";
import { PeopleRepository } from "./people-repository.ts";
import { PlanPageRepository } from "./plan-page-repository.ts";
import { PlanRepository } from "./plan-repository.ts";
import { PreviewRepository } from "./preview-repository.ts";
import { PublishedChangeRepository } from "./published-change-repository.ts";
import { PublishedRepository } from "./published-repository.ts";
import { PublisherListingRepository } from "./publisher-listing-repository.ts";
import { PublisherRepository } from "./publisher-repository.ts";
import { RejectedRepository } from "./rejected-repository.ts";
import { RetentionRepository } from "./retention-repository.ts";
import { ReviewQueueRepository } from "./review-queue-repository.ts";
import { RunListRepository } from "./run-list-repository.ts";
import { RunQueueRepository } from "./run-queue-repository.ts";
import { RunRepository } from "./run-repository.ts";
import { SearchMissRepository } from "./search-miss-repository.ts";
import { SearchRepository } from "./search-repository.ts";
import { SecretRepository } from "./secret-repository.ts";
import { SessionRepository } from "./session-repository.ts";
import { SetAsideRepository } from "./set-aside-repository.ts";
import { SnapshotRepository } from "./snapshot-repository.ts";
import { StagingRepository } from "./staging-repository.ts";
import { StaleAidRepository } from "./stale-aid-repository.ts";
import { TraceRepository } from "./trace-repository.ts";
import { VisitRepository } from "./visit-repository.ts";
import { WordRepository } from "./word-repository.ts";

/** Where the catalogue lies. */
export interface CatalogueOptions {
  /** PostgreSQL database; without it the embedded one in `home` is used. */
  readonly databaseUrl?: string | undefined;
  /** Folder of the embedded catalogue. */
  readonly home: string;
  /** Schema that holds everything of ours. Default `moisson`; tests have their own. */
  readonly schema?: string;
  /** Default `if-empty`: a database that is behind is refused. */
  readonly migrate?: MigrateMode;
  /** How many runs this process does at the same time, at most. Default 1. */
  readonly runsAtOnce?: number;
  /** How this process's connections are named on a server: see `connectionsOf`. */
  readonly applicationName?: string;
}

/** The catalogue: one repository for each thing in it. */
export interface Catalogue {
  readonly kind: "embedded" | "postgresql";
  /** Migrations that opening it applied, by name. */
  readonly migrated: readonly string[];
  readonly connectors: ConnectorRepository;
  readonly connectorVersions: ConnectorVersionRepository;
  readonly snapshots: SnapshotRepository;
  readonly runs: RunRepository;
  readonly rejected: RejectedRepository;
  readonly runList: RunListRepository;
  readonly runQueue: RunQueueRepository;
  readonly pauses: PauseRepository;
  readonly dueTimes: DueTimeRepository;
  readonly hosts: HostRepository;
  readonly forgetting: ForgettingRepository;
  readonly retention: RetentionRepository;
  readonly digests: DigestRepository;
  readonly links: LinkRepository;
  readonly staging: StagingRepository;
  readonly plans: PlanRepository;
  readonly planPages: PlanPageRepository;
  readonly absences: AbsenceRepository;
  readonly aids: AidRepository;
  readonly apiTokens: ApiTokenRepository;
  readonly history: HistoryRepository;
  readonly changeFeed: ChangeFeedRepository;
  readonly adoption: AdoptionRepository;
  readonly trace: TraceRepository;
  readonly activity: ActivityRepository;
  readonly night: NightRepository;
  readonly staleAids: StaleAidRepository;
  readonly setAsides: SetAsideRepository;
  readonly drafts: DraftRepository;
  readonly letterAnswers: LetterAnswerRepository;
  readonly letterOverview: LetterOverviewRepository;
  readonly letters: LetterRepository;
  readonly search: SearchRepository;
  readonly published: PublishedRepository;
  readonly publishedChanges: PublishedChangeRepository;
  readonly backers: BackerRepository;
  readonly searchMisses: SearchMissRepository;
  readonly likeAids: LikeAidRepository;
  readonly openData: OpenDataRepository;
  readonly reviewQueue: ReviewQueueRepository;
  readonly visits: VisitRepository;
  readonly words: WordRepository;
  readonly people: PeopleRepository;
  readonly sessions: SessionRepository;
  readonly audit: AuditRepository;
  readonly publisherListing: PublisherListingRepository;
  readonly previews: PreviewRepository;
  readonly publishers: PublisherRepository;
  readonly exchanges: ExchangeRepository;
  readonly contacts: ContactRepository;
  readonly coverage: CoverageRepository;
  readonly figures: FiguresRepository;
  readonly secrets: SecretRepository;
  close(): Promise<void>;
}

/**
 * Opens the catalogue, and makes it where there is none.
 * @throws CatalogueRefused where a person must act; RunFailed `storage-failed` where the database does not answer
 */
export async function openCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const schema = options.schema ?? "moisson";
  const connection = await connect(options, schema);
  return catalogueOn(connection, schema, options.migrate ?? "if-empty");
}

/** The driver that is not needed is not loaded: the embedded database is a hundred megabytes of code. */
async function connect({ databaseUrl, home, runsAtOnce, applicationName }: CatalogueOptions, schema: string): Promise<Connection> {
  if (databaseUrl === undefined) return (await import("./connect-embedded.ts")).connectEmbedded(home, schema);
  return (await import("./connect-postgresql.ts")).connectPostgresql({
    url: databaseUrl,
    schema,
    ...(runsAtOnce !== undefined && { runsAtOnce }),
    ...(applicationName !== undefined && { applicationName }),
  });
}

/** A catalogue on a connection, which it closes. */
export async function catalogueOn(connection: Connection, schema: string, mode: MigrateMode): Promise<Catalogue> {
  const { kind, store } = connection;
  try {
    const migrated = await migrate(store, schema, mode);
    return {
      kind,
      migrated,
      connectors: new ConnectorRepository(store),
      connectorVersions: new ConnectorVersionRepository(store),
      snapshots: new SnapshotRepository(store),
      runs: new RunRepository(store),
      rejected: new RejectedRepository(store),
      runList: new RunListRepository(store),
      runQueue: new RunQueueRepository(store, connection.beats),
      pauses: new PauseRepository(store),
      dueTimes: new DueTimeRepository(store),
      hosts: new HostRepository(store),
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
      adoption: new AdoptionRepository(store),
      trace: new TraceRepository(store),
      activity: new ActivityRepository(store),
      night: new NightRepository(store),
      staleAids: new StaleAidRepository(store),
      setAsides: new SetAsideRepository(store),
      drafts: new DraftRepository(store),
      letterAnswers: new LetterAnswerRepository(store),
      letterOverview: new LetterOverviewRepository(store),
      letters: new LetterRepository(store),
      search: new SearchRepository(store),
      published: new PublishedRepository(store),
      publishedChanges: new PublishedChangeRepository(store),
      backers: new BackerRepository(store),
      searchMisses: new SearchMissRepository(store),
      likeAids: new LikeAidRepository(store),
      openData: new OpenDataRepository(store),
      reviewQueue: new ReviewQueueRepository(store),
      visits: new VisitRepository(store),
      words: new WordRepository(store),
      people: new PeopleRepository(store),
      sessions: new SessionRepository(store),
      audit: new AuditRepository(store),
      publisherListing: new PublisherListingRepository(store),
      previews: new PreviewRepository(store),
      publishers: new PublisherRepository(store),
      exchanges: new ExchangeRepository(store),
      contacts: new ContactRepository(store),
      coverage: new CoverageRepository(store),
      figures: new FiguresRepository(store),
      secrets: new SecretRepository(store),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
