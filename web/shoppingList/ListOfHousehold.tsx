import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Household } from "../../protocol/household.ts";
import type { User } from "../../protocol/user.ts";
import { useKept } from "../components/useKept.ts";
import { Waiting } from "../components/Waiting.tsx";
import { noteHousehold } from "../store/lastHousehold.ts";
import { householdKey } from "../store/liveData.ts";
import { People } from "../store/People.ts";
import { shoppingListsOf } from "../store/shoppingLists.ts";
import { Trolley } from "../store/Trolley.ts";
import { AddLine } from "./AddLine.tsx";
import { AisleColumns } from "./AisleColumns.tsx";
import { FillFromPlan } from "./FillFromPlan.tsx";
import { LineDialog } from "./LineDialog.tsx";
import type { ListControls } from "./ListControls.ts";
import { ListHeader } from "./ListHeader.tsx";
import { Staples } from "./Staples.tsx";
import { TrolleyContent } from "./TrolleyContent.tsx";
import { useAisleOrder } from "./useAisleOrder.ts";
import { useDrag } from "./useDrag.ts";
import "../styles/shoppingList.css";
import "../styles/shoppingLines.css";
import "../styles/shoppingListPrint.css";

interface ListOfHouseholdProps {
  readonly household: Household;
  /** All of the user's. */
  readonly households: readonly Household[];
  readonly user: User;
}

/** What a household has to buy. */
export function ListOfHousehold({ household, households, user }: ListOfHouseholdProps) {
  const list = useKept(shoppingListsOf, householdKey(user._id, household._id));
  const trolley = useMemo(() => new Trolley(list.lines), [list]);
  useEffect(() => trolley.watch(), [trolley]);
  useEffect(() => noteHousehold(user._id, household._id), [household._id, user._id]);
  const open = useSignal<string | null>(null);
  const people = useMemo(() => new People(household.members), [household.members]);
  const order = useAisleOrder(household, trolley);
  const lines = list.lines.value;
  const aisleDrag = useDrag(order.dropAisle);
  const lineDrag = useDrag((lineId, { aisle }) => {
    const line = lines?.find((view) => view.line._id === lineId)?.line;
    if (line && line.aisle !== aisle) list.change(line, { aisle });
  });
  const controls: ListControls = {
    list,
    household,
    self: user._id,
    people,
    onOpen: ({ _id }) => (open.value = _id),
    onMoveAisle: order.moveAisle,
    aisleDrag,
    lineDrag,
  };
  const opened = lines?.find(({ line }) => line._id === open.value)?.line;
  return (
    <div class="shopping">
      <ListHeader controls={controls} households={households} />
      <div class="list-tools">
        <AddLine key={household._id} list={list} />
        <FillFromPlan list={list} />
      </div>
      {lines === null && <Waiting />}
      {lines !== null && <AisleColumns aisles={order.aisles} controls={controls} />}
      <p class="visually-hidden" role="status">
        {order.said.value}
      </p>
      <TrolleyContent trolley={trolley} controls={controls} />
      <Staples household={household} />
      {opened && (
        <LineDialog
          key={opened._id}
          line={opened}
          controls={controls}
          aisles={order.known}
          onClose={() => (open.value = null)}
        />
      )}
    </div>
  );
}
