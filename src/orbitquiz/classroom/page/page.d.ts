// The types that the page's modules share. For the type checker; never sent.

type FromRoom = import("./protocol").FromRoom;
type Of<Type> = Extract<FromRoom, { type: Type }>;
type Answer = import("./protocol").AnswerMessage;
type Welcome = Of<"welcome">;
type Refusal = Of<"refusal">;
type Question = Of<"question">;
type Reveal = Of<"reveal">;
type Progress = Of<"progress">;
type Ended = Of<"ended">;
/** The messages that tell all there is to draw. */
type Scene = Of<"lobby"> | Progress | Question | Reveal | Of<"skipped"> | Ended;
type Passage = import("./protocol").PassageSheet;
type Yours = import("./protocol").Yours;
type Room = import("./room.js").Room;
/** What is put into the page; where there is nothing to be put, it is false, null or "". */
type Part = Node | string | false | null;
type View = { key: string, title: string, nodes: Part[], update?: (room: Room) => void };
type MakeElement = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, properties: Partial<HTMLElementTagNameMap[Tag]>, ...children: Part[]
) => HTMLElementTagNameMap[Tag];
/** A player's seat as the browser keeps it, with the answer that the room has not taken yet. */
type Seat = { token: string | null, name: string | null, seq: number, answer: Answer | null };
