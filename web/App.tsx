import type { AnyComponent } from "preact";
import { ErrorBoundary } from "preact-iso/lazy";
import { LocationProvider, Route, Router } from "preact-iso/router";
import { AppHeader } from "./components/AppHeader.tsx";
import { EditsBar } from "./components/EditsBar.tsx";
import { lazyPart, soon } from "./components/lazyPart.tsx";
import { MainContent } from "./components/MainContent.tsx";
import { PageNotice } from "./components/PageNotice.tsx";
import { HomePage } from "./pages/HomePage.tsx";
import { PlanPage } from "./pages/PlanPage.tsx";

const AccountPage = lazyPart(async () => (await import("./pages/AccountPage.tsx")).AccountPage);
const InvitePage = lazyPart(async () => (await import("./pages/InvitePage.tsx")).InvitePage);
const HouseholdPage = lazyPart(async () => (await import("./pages/HouseholdPage.tsx")).HouseholdPage);
const HouseholdsPage = lazyPart(async () => (await import("./pages/HouseholdsPage.tsx")).HouseholdsPage);
// Who signs out finds it at once: what they typed into a page that it replaces would be gone.
const LoginPage = lazyPart(soon(async () => (await import("./pages/LoginPage.tsx")).LoginPage));
const NewRecipePage = lazyPart(async () => (await import("./pages/NewRecipePage.tsx")).NewRecipePage);
const NotFoundPage = lazyPart(async () => (await import("./pages/NotFoundPage.tsx")).NotFoundPage);
const RecipePage = lazyPart(async () => (await import("./pages/RecipePage.tsx")).RecipePage);
const RecipesPage = lazyPart(async () => (await import("./pages/RecipesPage.tsx")).RecipesPage);
const ShoppingListPage = lazyPart(
  async () => (await import("./pages/ShoppingListPage.tsx")).ShoppingListPage,
);
const SharedPlanPage = lazyPart(async () => (await import("./pages/SharedPlanPage.tsx")).SharedPlanPage);
const RecoverPage = lazyPart(async () => (await import("./pages/RecoverPage.tsx")).RecoverPage);
const RegisterPage = lazyPart(async () => (await import("./pages/RegisterPage.tsx")).RegisterPage);
const VerifyPage = lazyPart(async () => (await import("./pages/VerifyPage.tsx")).VerifyPage);

const UndoToast = lazyPart(async () => (await import("./components/UndoToast.tsx")).UndoToast);

const ROUTES: Readonly<Record<string, AnyComponent>> = {
  "/": HomePage,
  "/login": LoginPage,
  "/register": RegisterPage,
  "/recover": RecoverPage,
  "/verify": VerifyPage,
  "/account": AccountPage,
  "/recipes": RecipesPage,
  "/recipes/new": NewRecipePage,
  "/recipes/:id": RecipePage,
  "/households": HouseholdsPage,
  "/households/:id": HouseholdPage,
  "/households/:id/list": ShoppingListPage,
  "/list": ShoppingListPage,
  "/plans/:id": PlanPage,
  "/invites": InvitePage,
  "/invites/:token": InvitePage,
  "/shared/:id": SharedPlanPage,
};

/** The page: which address shows what. */
export function App() {
  return (
    <LocationProvider>
      <AppHeader />
      <EditsBar />
      <MainContent>
        <Router>
          {[
            ...Object.entries(ROUTES).map(([path, component]) => (
              <Route key={path} path={path} component={component} />
            )),
            <Route key="default" default component={NotFoundPage} />,
          ]}
        </Router>
      </MainContent>
      <div class="toasts">
        <PageNotice />
        <ErrorBoundary>
          <UndoToast />
        </ErrorBoundary>
      </div>
    </LocationProvider>
  );
}
