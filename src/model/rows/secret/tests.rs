//! How many secrets are caught, and how many ordinary texts are left alone.

use super::*;

/// Of our own writing; each is hard on purpose.
const SECRETS: &str = r#"Password: Autumn2019
Passwort: Herbst2019
PW Autumn2019?x
Password (Administrator): Autumn2019
PFX password Autumn2019
password "Autumn2019"
admin/pass: svc-rtc/Autumn2019!
Password: four plain words together
PIN: 987
pin=7310
sa pwd Herbst2019
pw: Beispiel-Wort-7
The password is hunter22
Das Kennwort lautet geheim77
Administratorkennwort: geheim77
Mot de passe : secret99
Contraseña: verano2019
Senha: verao2019
Пароль: leto2019
パスワード: natsu2019
密码: xiatian2019
sk_live_0123456789abcdefghijkl
AKIAABCDEFGHIJKLMNOP is ours
-----BEGIN RSA PRIVATE KEY-----
-----BEGIN ENCRYPTED PRIVATE KEY-----
eyJ0eXAiOiJKV1QifQ.eyJzdWIiOiIyIn0.zyxwvutsrq
Authorization: Bearer 0123456789zyxwvutsrqpo
Server=sql02;User Id=sa;Pwd=Autumn2019;
AccountKey=QWxhZGRpbjpvcGVuIHNlc2FtZTEyMzQ1Njc4OTBhYmNkZWY=
ftp://svc:Autumn2019@fs02.contoso.com/
plink -u sa -pw Autumn2019
sqlcmd -U sa -P Autumn2019!
ConvertTo-SecureString "Autumn2019!" -AsPlainText -Force
ClientSecret=zyx987WVU
api_key=fedcba9876543210
SharedSecret: zyx987
111111-222222-333333-444444-555555-666666-777777-888888
SNMP community: rw-Pr1vate
hvs.CAESIzyxwvutsrqp
31d6cfe0d16ae931b73c59d7e0c089c0:31d6cfe0d16ae931b73c59d7e0c089c0
autumn2019!
Fabrikam#2019
P@ssw0rd
wachtwoord: Herfst2019
Product key: AAAAA-BBBBB-CCCCC-DDDDD-12345
Passwort für sa: Herbst2019
Password for local admin: Autumn2019
Password sa: Autumn2019
password of sa is Autumn2019
the password to use: Autumn2019
password now Autumn2019
sa password changed to Autumn2019
Mot de passe pour sa : automne2019
PIN 7310
sa/Autumn2019!
administrator / Herbst#2019
login sa with Fabrikam!98
PFX opened with Melon-7712
unlock with Lime-3321!
iDRAC root/calvin
P@ss: Melon-7712
creds administrator / Autumn2019!x
safe combination 12-44-91
log on as sa/Autumn2019! there
admin:Autumn2019!
net use y: \\fs02\y Autumn2019! /user:sa
net use y: \\fs02\y /user:sa Autumn2019!
snmp ro community: fabrikam-ro
2FA seed KRSXG5BAONSWKZJA
Kennw.: geheim77
API key: blueheron
Password – Autumn2019
Password... Autumn2019
Password|Autumn2019
pass Autumn2019
P/W: Autumn2019
Login (user/password): svc-rtc/Autumn2019
Login: sa / Autumn2019!
PIN code 7310
safe code: 7310
Pаssword: Autumn2019
Рassword: Autumn2019
net use y: \\fs02\y winter /user:sa
net user svc-rtc Autumn2019! /add
osql -Usa -PAutumn2019
psexec \\fs02 -u sa -p autumn
identified by 'Autumn2019'
DSRM Autumn2019!
PSK: autumn2019
Administrator:500:31d6cfe0d16ae931b73c59d7e0c089c0:31d6cfe0d16ae931b73c59d7e0c089c0:::
Autumn2019#
root/calvin
admin:changeme
Code: 7310
密码xiatian2019
密码是xiatian2019
パスワードはnatsu2019
パスワードnatsu2019
暗証番号7310
Кеу: 73xQ10
рw: autumn2019
net use y: \\fs02\y /user:sa winter
NET  USE * \\fs02\y /USER:CONTOSO\sa winter
cmdkey /add:fs02 /user:sa /pass:winter
+44 113 555 0101, PIN 7310
Tr0mb0ne&3
7z -pApricot!4 archive
C:\Tools\7z.exe a -pApricot!4 archive
iLO Administrator/7KQ9P2XW
root/changeme1
zip encrypted with "Pear tree 12"
safe combo: 12 34 56
sip:test1@fabrikam.com (Password1!)
sip:test2@fabrikam.com / Welcome2
NTLM hash 31d6cfe0d16ae931b73c59d7e0c089c0
break glass: Autumn#19x
local admin Autumn!2019
Pear-Cellar!77
SNMPv3 auth Autumn19x!"#;

/// What only speaks of secrets, or looks a little like one.
const ORDINARY: &str = r#"Password policy: see the intranet
Password reset: service desk
Password: see vault entry Lync/Edge
Password: KeePass entry 7
Password: (in the safe)
Password: CyberArk
Password: n/a
Password: not known
Password:
Password: changed 2014-05-01
Kennwort: liegt im Tresor
Mot de passe : voir coffre
PIN policy: 8 digits
Pin: second drawer
PIN: none
Access key: porter
Key contact: Bob
Product key: on the sticker
secret: yes
Community: none
Vault/Lync/edge01-pfx
$Backup\Rtc-2014.zip
\\fs01\Share$\Lync2013
CN=sip.contoso.com, O=Contoso
5C8F7A0B5C8F7A0B5C8F7A0B5C8F7A0B5C8F7A0B
Dana.Whitfield1@contoso.com
W2008R2+SQL2008
Rack=B7
Room#A12b-4
Asset#NYC02x17
HP#ProLiant4U+DL580
CHG0054321>Test2b
Windows Server 2008 R2 (SP1)!
Lync2013Share$
2014-06-09T02:00+01:00Z
https://intranet.contoso.com/wiki?id=4711
Rev.C3-FW5.11!
Password reset ticket: CHG0054321
Password policy for admins: 14 days
Password for sa: see vault
Password in KeePass: entry 5
Password changed on 2014-05-01
password now in KeePass
Secret server for Lync: VAULT01X
PIN 4 of the connector
net use y: \\fs02\y * /user:sa
sip:dana1@contoso
LON/Rack12
pools.xlsx:Pools!AA11
lync.xlsx:Servers!2
Password: {vault}
Password: managed by AD
Password: call the service desk
Passwort: bei Dana
Room@HQ-A12
16GB@1333MHz
ping -p abc124
setup.exe /p Lync2014
net use y: \\fs02\y for the logs
Login: CONTOSO\svc-rtc
Login (user/password): see vault
sa: disabled
Admin: Dana1
pass 2 of 3
Door code: reception
Replace by 2016!
Password: default
Password: Dana has it
Skype4B!
Area code: 0113
Error code: 1603
パスワードの保管場所は金庫
密码策略2014
root/home
net use y: \\fs02\y /user:sa /persistent:yes
CZ3424ABCDEFGHJ8
Password: same as last year's, in the vault
Public key token 31bf3856ad364e35
opened with "Notepad"
encrypted with "BitLocker"
sip:test1@contoso.com (second test user)
root / subordinate CA
iLO login via SSO
Login: CONTOSO\svc-lync01
SA account: disabled
%SystemRoot%"#;

#[test]
fn a_label_may_stand_on_the_line_above_its_value() {
    for text in ["user sa, password:\nVk7#mQ2p!Lz9", "Kennwort\nSommer2014!"] {
        assert!(looks_like(text).is_some(), "{text}");
    }
    for text in [
        "Password policy\nsee the intranet",
        "Password\nsee vault",
        "Key contact\nBob",
    ] {
        assert!(looks_like(text).is_none(), "{text}");
    }
}

#[test]
fn secrets_are_caught() {
    let missed: Vec<&str> = SECRETS
        .lines()
        .filter(|text| looks_like(text).is_none())
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_only_speaks_of_secrets_is_left_alone() {
    let flagged: Vec<&str> = ORDINARY
        .lines()
        .filter(|text| looks_like(text).is_some())
        .collect();
    assert!(flagged.is_empty(), "{flagged:#?}");
}

#[test]
fn a_zero_width_blank_hides_nothing() {
    assert!(looks_like("Pass\u{200b}word: Autumn2019").is_some());
}

#[test]
fn headings_that_mean_a_secret_are_known() {
    for heading in [
        "Password",
        "PWD",
        "PIN",
        "Passphrase",
        "Kennwort",
        "DSRM password",
        "Password (sa)",
        "PFX key",
        "Service account password",
        "Administratorkennwort",
        "API token",
        "SNMP community",
        "Mot de passe",
        "Пароль",
        "パスワード",
        "adminPassword",
        "Local admin password",
        "Local administrator password",
        "Local admin pwd",
        "Local password",
        "Owner password",
        "Vault password",
        "Reset password",
        "Use password",
        "Password in use",
        "Password of the owner",
        "Password for reset",
        "Contact password",
        "Hint password",
        "BIOS owner password",
        "Local Kennwort",
        "Mot de passe local",
        "Contraseña local",
        "Senha local",
        "Passwort Besitzer",
        "Password date and value",
        "Password and owner",
        "Owner/password",
        "Product key password",
        "PIN code",
        "PIN-Code",
        "Clé PFX",
        "LocalAdminPw",
        "Zugangscode",
        "Kennw.",
        "Vault entry password",
        "Локальный пароль",
        "本地密码",
    ] {
        assert!(heading::is_heading(heading), "{heading}");
    }
    for heading in [
        "Product key",
        "Key contact",
        "Password last changed",
        "Password policy",
        "Secretary",
        "Community manager",
        "Keyboard",
        "Pinned",
        "Owner",
        "Token ring",
        "Password owner",
        "Password location",
        "Password policy and owner",
        "Password vault entry",
        "Password known by",
        "Owner of the password",
        "Who knows the password",
        "Politique de mot de passe",
        "Política de contraseñas",
        "Local da senha",
        "パスワードの保管場所",
        "密码策略",
        "Clé USB",
        "Room key",
        "Private key exportable",
        "Vault entry",
        "Certificate use",
        "Kerberos account",
        "Password expires",
        "Recovery key location",
        "Passwort geändert am",
        "Пароль изменен",
    ] {
        assert!(!heading::is_heading(heading), "{heading}");
    }
}

#[test]
fn what_is_accepted_is_no_secret() {
    let mut sheet = Sheet::new(Place::file("a.csv"));
    let text = RawValue::Text("autumn2019!".to_owned());
    sheet.rows.insert(1, [(0, text.clone())].into());
    let digest = sha256_hex(b"autumn2019!").to_uppercase();
    assert_eq!(withhold(&mut sheet, &Accepted::new(&[digest])), []);
    assert_eq!(sheet.value(1, 0), Some(&text));
    assert_eq!(withhold(&mut sheet, &Accepted::default()).len(), 1);
}

#[test]
fn what_procedures_say_of_secrets_is_none() {
    for text in [
        r"Import-PfxCertificate -FilePath 'C:\R\a.pfx' -Exportable -Password (Read-Host 'Password' -AsSecureString)",
        r"import it from “Certificates\a.pfx” on the share of the cycle; the password is kept under lync-a.",
        "$c1 = Get-Credential 'DOMAIN\\user1'; Test-CsIM -SenderCredential $c1",
    ] {
        assert_eq!(looks_like(text), None, "{text}");
    }
    assert!(looks_like("Password (Autumn2019)").is_some());
}

/// Headings that name a way in hold accounts, addresses and pointers, and now and then the password itself.
#[test]
fn under_a_way_in_only_what_looks_like_a_password_is_one() {
    let headings = [
        "SNMP",
        "SA account",
        "Local admin",
        "iLO login",
        "Break glass",
        "BitLocker",
        "Notfallzugang",
    ];
    for heading in headings {
        for text in [
            "Zq001winter",
            "sa / Zq001winter",
            "Kiwi-55!77",
            "root Zq001winter",
        ] {
            assert!(heading::is_under_access(heading, text), "{heading}: {text}");
        }
        for text in [
            r"CONTOSO\svc-lync",
            "see vault",
            "disabled",
            "LAPS",
            "10.1.20.31",
            "https://ilo01.contoso.com",
            "yes",
            "read only",
        ] {
            assert!(
                !heading::is_under_access(heading, text),
                "{heading}: {text}"
            );
        }
    }
    assert!(!heading::is_under_access("Location", "Zq001winter"));
}
