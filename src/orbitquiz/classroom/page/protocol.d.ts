// Made by `make schema` from docs/protocol.schema.json.

export const PROTOCOL: 2;

export interface Accepted {
  type: "accepted";
  seq: number;
  number: number;
  option: string;
}

export interface Again {
  type: "again";
}

export interface AnswerMessage {
  type: "answer";
  seq: number;
  number: number;
  option: string;
}

export interface Ban {
  type: "ban";
  player: string;
}

export interface Clock {
  type: "clock";
  number: number;
  limit: number | null;
  left: number | null;
  is_paused: boolean;
  reading: number | null;
}

export interface End {
  type: "end";
}

export interface EndedMessage {
  type: "ended";
  title: string;
  code: string | null;
  score: number;
  right: number;
  of: number;
  rank: number | null;
  tied: number;
  players: number;
  team: string | null;
  team_rank: number | null;
  questions: Array<RevealOut>;
}

export interface Extend {
  type: "extend";
  seconds: number;
}

export type FromRoom = Welcome | Named | Refusal | Lobby | Progress | QuestionOut | Clock | Accepted | RevealOut | SkippedMessage | EndedMessage | HostWelcome | People | Scene | Notes;

export interface GoOn {
  type: "go-on";
}

export interface Hello {
  type: "hello";
  protocol: number;
  room: string;
  name?: string | null;
  token?: string | null;
}

export interface Hold {
  type: "hold";
  held: boolean;
}

export interface HostHello {
  type: "host";
  protocol: number;
  room: string;
  secret: string;
  notes?: boolean;
}

export interface HostWelcome {
  type: "host-welcome";
  protocol: number;
  room: string;
  title: string;
  total: number;
  timer: number | null;
  scoring: Scoring;
  is_ranked: boolean;
  is_anonymous: boolean;
  teams: Array<string>;
  has_again: boolean;
  pace: "class" | "own";
  closes: string | null;
}

export interface Kick {
  type: "kick";
  player: string;
}

export interface KickAway {
  type: "kick-away";
}

export interface Lobby {
  type: "lobby";
  players: number;
  title: string;
  total: number;
  score: number;
}

export interface Lock {
  type: "lock";
  locked: boolean;
}

export interface Named {
  type: "named";
  name: string;
}

export interface Next {
  type: "next";
  after: number;
}

export interface NotedQuestion {
  number: number;
  stem: string;
  options: Array<string>;
  key: number;
  statement: string;
}

export interface Notes {
  type: "notes";
  phase: "lobby" | "asking" | "paused" | "revealed" | "skipped" | "open" | "over";
  total: number;
  current: NotedQuestion | null;
  next: NotedQuestion | null;
  answered: number;
  playing: number;
  silent: Array<string>;
  onward: number | null;
}

export interface OptionOut {
  id: string;
  text: string;
}

export interface Outcome {
  right: number;
  of: number;
  silent: number;
}

export interface PassageSheet {
  value: string;
  heading: string;
  text: string;
  marks: Array<[number, number]>;
}

export interface Pause {
  type: "pause";
}

export interface People {
  type: "people";
  seats: Array<PlayerSeat>;
  is_locked: boolean;
}

export interface PlayerSeat {
  id: string;
  name: string;
  team: string | null;
  place: "in" | "kicked" | "banned";
  is_here: boolean;
  has_answered: boolean;
  done: number;
}

export interface Progress {
  type: "progress";
  total: number;
  to_answer: Array<number>;
  answered: number;
  score: number | null;
  right: number | null;
  closes: string | null;
}

export interface ProofSheet {
  statement: string;
  shown: Array<PassageSheet>;
  also: Array<string>;
  note: string | null;
}

export interface QuestionOut {
  type: "question";
  number: number;
  total: number;
  category: string;
  sources_differ: boolean;
  stem: string;
  options: Array<OptionOut>;
  limit: number | null;
  left: number | null;
  is_paused: boolean;
  plays: boolean;
  picked: string | null;
  reading: number | null;
  passages: Array<PassageSheet>;
  attempts: number | null;
  wrong: Array<string>;
  to_answer: Array<number>;
}

export type Reason = "no-room" | "over" | "locked" | "full" | "name-missing" | "name-unfit" | "name-taken" | "banned" | "kicked" | "not-in" | "not-now" | "next-one" | "answered" | "too-late" | "no-option" | "no-player" | "not-host" | "bad-message" | "bad-protocol" | "too-fast" | "elsewhere" | "closed";

export interface Refusal {
  type: "refusal";
  reason: Reason;
  text: string;
  seq: number | null;
}

export interface Rename {
  type: "rename";
  player: string;
  name: string;
}

export interface Reveal {
  type: "reveal";
}

export interface RevealOut {
  type: "reveal";
  question: RevealedQuestion;
  yours: Yours;
  to_answer: Array<number>;
}

export interface RevealedQuestion {
  number: number;
  total: number;
  category: string;
  sources_differ: boolean;
  stem: string;
  options: Array<OptionOut>;
  key: string;
  votes: Record<string, number>;
  proof: ProofSheet;
}

export interface Scene {
  type: "scene";
  phase: "lobby" | "asking" | "paused" | "revealed" | "skipped" | "open" | "over";
  number: number;
  total: number;
  question: QuestionOut | null;
  revealed: RevealedQuestion | null;
  outcome: Outcome | null;
  answered: number;
  playing: number;
  standings: Array<StandingRow>;
  team_standings: Array<StandingRow>;
  counted: number;
  together: Outcome;
  trouble: string | null;
  onward: number | null;
}

export type Scoring = "accuracy" | "speed";

export interface Show {
  type: "show";
  number: number;
}

export interface Skip {
  type: "skip";
}

export interface SkippedMessage {
  type: "skipped";
  number: number;
  total: number;
  score: number;
}

export interface StandingRow {
  id: string;
  name: string;
  points: number;
  rank: number;
  before: number | null;
}

export type ToRoom = Hello | AnswerMessage | Show | HostHello | Next | Reveal | Skip | Pause | GoOn | Extend | Lock | Kick | Ban | Unban | KickAway | Hold | Rename | End | Again;

export interface Unban {
  type: "unban";
  player: string;
}

export interface Welcome {
  type: "welcome";
  protocol: number;
  room: string;
  title: string;
  player: string;
  token: string;
  name: string;
  team: string | null;
  score: number;
  total: number;
  timer: number | null;
  scoring: Scoring;
  is_ranked: boolean;
  pace: "class" | "own";
  closes: string | null;
}

export interface Yours {
  name: string;
  order: Array<string>;
  plays: boolean;
  picked: string | null;
  is_right: boolean;
  remark: string | null;
  points: number;
  score: number;
  right: number;
  rank: number | null;
  tied: number;
  players: number;
  team: string | null;
  team_rank: number | null;
}
