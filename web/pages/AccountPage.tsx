import "../styles/account.css";
import type { User } from "../../protocol/user.ts";
import { AccountSection } from "../account/AccountSection.tsx";
import { DeleteAccount } from "../account/DeleteAccount.tsx";
import { PasskeyList } from "../account/PasskeyList.tsx";
import { PasswordForm } from "../account/PasswordForm.tsx";
import { ProfileForm } from "../account/ProfileForm.tsx";
import { RecoveryCodes } from "../account/RecoveryCodes.tsx";
import { SessionList } from "../account/SessionList.tsx";
import { SettingRow } from "../account/SettingRow.tsx";
import { useOwnPeople } from "../account/useOwnPeople.ts";
import { Avatar } from "../components/Avatar.tsx";
import { RequireUser } from "../components/RequireUser.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";

/** One's own account: who one is, how one gets in, where one is signed in, and how one leaves. */
export function AccountPage() {
  usePageTitle("Your account");
  return <RequireUser>{(user) => <Account user={user} />}</RequireUser>;
}

function Account({ user }: { readonly user: User }) {
  const people = useOwnPeople(user);
  return (
    <div class="account-page">
      <header class="account-head">
        <Avatar id={user._id} name={user.name} people={people} />
        <div>
          <h1>Your account</h1>
          <p class="hint">
            {user.name}, {user.email}
          </p>
        </div>
      </header>
      <AccountSection
        title="You"
        about="The people of your households see your name, and nobody sees your email."
      >
        <SettingRow title="Name and email" detail={detailOf(user)} action="Change">
          {(close) => <ProfileForm user={user} onDone={close} />}
        </SettingRow>
        <SettingRow title="Password" detail="Known to you alone" action="Change password">
          {(close) => <PasswordForm onDone={close} />}
        </SettingRow>
      </AccountSection>
      <AccountSection
        title="Passkeys"
        about="Sign in with your face, your finger or your screen lock instead of a password. Two are better than one."
      >
        <PasskeyList />
      </AccountSection>
      <AccountSection
        title="Recovery codes"
        about="For the day when you have lost your password. No mail is needed for them."
      >
        <SettingRow
          title="Eight codes, each good once"
          detail="New ones replace those that you have"
          action="Make new codes"
        >
          {(close) => <RecoveryCodes onDone={close} />}
        </SettingRow>
      </AccountSection>
      <AccountSection
        title="Signed in"
        about="Everywhere your account is open. Signing one out takes effect at once."
      >
        <SessionList />
      </AccountSection>
      <AccountSection
        title="Your data"
        about="Everything that is yours, in a file that other programs can read."
      >
        <div class="account-row account-row-line">
          <div>
            <b>Download</b>
            <p class="hint">Households, plans, recipes, invitations and sessions, as JSON</p>
          </div>
          <a class="button" href="/api/users/me/export" download>
            Download
          </a>
        </div>
      </AccountSection>
      <AccountSection title="Leaving" about="What you do here is done at once, and for good.">
        <SettingRow
          title="Delete the account"
          detail="You hear first what becomes of your households"
          action="Delete…"
          isGrave
        >
          {() => <DeleteAccount />}
        </SettingRow>
      </AccountSection>
    </div>
  );
}

function detailOf({ name, email, emailVerified, pendingEmail }: User): string {
  if (pendingEmail) return `${name}, ${email}, soon ${pendingEmail}: open the link that we sent there`;
  return emailVerified === false
    ? `${name}, ${email} (open the link in our mail to prove it)`
    : `${name}, ${email}`;
}
