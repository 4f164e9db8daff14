/** The screen that the link of an invitation leads to, in English. */
export const enInvitation = {
  title: 'Invitation',
  lead: '{{name}}, you are invited to {{shop}} as {{role}}.',
  email: 'You will sign in with {{email}} and a password.',
  password: 'Choose a password',
  passwordHint: 'Twelve characters or more',
  passwordShort: 'Choose a password of twelve characters or more.',
  signIn: '{{email}} has an account. Sign in to accept.',
  handsOver:
    'There is an account of {{email}} whose address nobody had proved: this link proves it. The password that you choose replaces the one of before, two-step sign-in is set up anew, and whoever is signed in with it is signed out.',
  accept: 'Accept',
};
