/** The screen that the link of an invitation leads to, in English. */
export const enInvitation = {
  title: 'Invitation',
  lead: '{{name}}, you are invited to {{shop}} as {{role}}.',
  email: 'You will sign in with {{email}} and a password.',
  password: 'Choose a password',
  passwordHint: 'Twelve characters or more',
  signIn: '{{email}} has an account. Sign in to accept.',
  handsOver:
    '{{email}} has an account whose address nobody has proved yet; this link proves it. Your new password replaces the old password, you set up two-step sign-in again, and every session of the account ends.',
  accept: 'Accept',
};
