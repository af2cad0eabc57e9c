//! The clean estate: what the worksheets of a small organization really say. Ten servers, five pools, nine sheets.
//!
//! This is the truth that every slip is judged against, so it is written down here and read by nothing of the tool.

/// A worksheet: its name, and its rows with the headings first. Every row has as many cells as there are headings.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: &'static str,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The heading of a column.
    pub fn heading(&self, column: usize) -> &str {
        &self.rows[0][column]
    }
}

/// One line a row, bars between cells, `<br>` for a line break within a cell.
const SHEETS: [(&str, &str); 9] = [
    ("servers", SERVERS),
    ("pools", POOLS),
    ("certificates", CERTIFICATES),
    ("databases", DATABASES),
    ("filestores", FILE_STORES),
    ("settings", SETTINGS),
    ("deployment", DEPLOYMENT),
    ("contacts", CONTACTS),
    ("media", MEDIA),
];

/// The sheets, in the order of their files' use.
pub fn tables() -> Vec<Table> {
    SHEETS
        .iter()
        .map(|(name, text)| table(name, text))
        .collect()
}

fn table(name: &'static str, text: &str) -> Table {
    let cells = |line: &str| -> Vec<String> {
        let cells = line
            .split('|')
            .map(|cell| cell.trim().replace("<br>", "\n"));
        cells.collect()
    };
    let mut rows: Vec<Vec<String>> = text.trim().lines().map(cells).collect();
    let width = rows[0].len();
    for row in &mut rows {
        assert!(row.len() <= width, "{name}: {row:?}");
        row.resize(width, String::new());
    }
    Table { name, rows }
}

const SERVERS: &str = r"
Server FQDN|Role|Pool FQDN|Site|Operating system|Lync version|SQL Server version|SQL Server edition|SQL instance|SQL data path|SQL log path|IP address|Location|Owner|RTO (hours)|System image|Notes
fe01.fabrikam.com|Front End Server|pool01.fabrikam.com|Leeds|Windows Server 2012 Standard|5.0.8308.577||||||10.4.10.11|Leeds hall 1, rack A1|Messaging team|4|\\bkp01.fabrikam.com\Images\fe01.wim|Administration tools are here
fe02.fabrikam.com|Front End Server|pool01.fabrikam.com|Leeds|Windows Server 2012 Standard|5.0.8308.577||||||10.4.10.12|Leeds hall 1, rack A2|Messaging team|4|\\bkp01.fabrikam.com\Images\fe02.wim
sql01.fabrikam.com|Back End Server||Leeds|Windows Server 2012 Standard||SQL Server 2012 SP1|Enterprise|RTC|E:\SQLData|F:\SQLLogs|10.4.20.11|Leeds hall 1, rack C1|Database team|6|\\bkp01.fabrikam.com\Images\sql01.wim
sql02.fabrikam.com|Back End Server||Leeds|Windows Server 2012 Standard||SQL Server 2012 SP1|Enterprise|RTC|E:\SQLData|F:\SQLLogs|10.4.20.12|Leeds hall 1, rack C2|Database team|6|\\bkp01.fabrikam.com\Images\sql02.wim
sql03.fabrikam.com|SQL Server||Leeds|Windows Server 2012 Standard||SQL Server 2012 SP1|Standard|ARCH<br>CHAT|G:\SQLData|H:\SQLLogs|10.4.20.13|Leeds hall 1, rack C3|Database team|24|\\bkp01.fabrikam.com\Images\sql03.wim|Archiving, Monitoring and chat
fs01.fabrikam.com|File Server||Leeds|Windows Server 2012 Standard|||||||10.4.30.11|Leeds hall 1, rack C4|Windows team|6|\\bkp01.fabrikam.com\Images\fs01.wim
se01.fabrikam.com|Standard Edition server; Mediation Server|se01.fabrikam.com|York|Windows Server 2012 Standard|5.0.8308.577||||||10.5.10.31|York office, server room|Messaging team|8|\\bkp01.fabrikam.com\Images\se01.wim
se02.fabrikam.com|Standard Edition server|se02.fabrikam.com|Hull|Windows Server 2012 Standard|5.0.8308.577||||||10.6.10.31|Hull office, server room|Messaging team|8|\\bkp01.fabrikam.com\Images\se02.wim
edge01.fabrikam.com|Edge Server|edgepool01.fabrikam.com|Leeds|Windows Server 2012 Standard|5.0.8308.577||||||10.4.50.71<br>203.0.113.71|Leeds perimeter, rack P1|Messaging team|8|\\bkp01.fabrikam.com\Images\edge01.wim|In no domain
chat01.fabrikam.com|Persistent Chat Server|chatpool01.fabrikam.com|Leeds|Windows Server 2012 Standard|5.0.8308.577||||||10.4.10.61|Leeds hall 1, rack A6|Messaging team|24|\\bkp01.fabrikam.com\Images\chat01.wim
";

const POOLS: &str = r"
Pool FQDN|Pool type|Site|SQL Server FQDN|SQL instance|Mirror SQL Server FQDN|Mirror SQL instance|Witness FQDN|File store|Mirroring file share|Archiving SQL Server FQDN|Archiving SQL instance|Archiving mirror SQL Server FQDN|Archiving mirror SQL instance|Monitoring SQL Server FQDN|Monitoring SQL instance|Persistent Chat SQL Server FQDN|Persistent Chat SQL instance|Central Management store|CMS SQL instance|Response Group|Backup pool FQDN|Next hop pool FQDN|Notes
pool01.fabrikam.com|Front End pool|Leeds|sql01.fabrikam.com|RTC|sql02.fabrikam.com|RTC||\\fs01.fabrikam.com\LyncShare|\\fs01.fabrikam.com\MirrorSetup|sql03.fabrikam.com|ARCH|||sql03.fabrikam.com|ARCH|||yes||yes|||Head office
se01.fabrikam.com|Standard Edition server|York||||||\\se01.fabrikam.com\LyncShare||||||||||no||yes|se02.fabrikam.com||York office
se02.fabrikam.com|Standard Edition server|Hull||||||\\se02.fabrikam.com\LyncShare||||||||||no||no|se01.fabrikam.com
edgepool01.fabrikam.com|Edge pool|Leeds||||||||||||||||||||pool01.fabrikam.com
chatpool01.fabrikam.com|Persistent Chat pool|Leeds||||||\\fs01.fabrikam.com\ChatShare||||||||sql03.fabrikam.com|CHAT|||||pool01.fabrikam.com
";

const CERTIFICATES: &str = r"
FQDN|Certificate use|Subject|Subject alternative names|Issuer|Serial number|Thumbprint|Valid from|Expires|Private key exportable|Can be re-enrolled|Backup location|Vault entry|Notes
fe01.fabrikam.com|Default; WebServicesInternal; WebServicesExternal|CN=pool01.fabrikam.com|pool01.fabrikam.com, fe01.fabrikam.com, sip.fabrikam.com|CN=Fabrikam Issuing CA|2f999f4a6bce8c47b3ee|DA11C827B4A332A8FA448FE0E30EA40A7A77E421|2013-03-04|2015-03-04|no|yes
fe02.fabrikam.com|Default; WebServicesInternal; WebServicesExternal|CN=pool01.fabrikam.com|pool01.fabrikam.com, fe02.fabrikam.com, sip.fabrikam.com|CN=Fabrikam Issuing CA|4bd53cdd3076ec8e8f8c|36DD55E0DD2BAFE8C5AFE4D51FF5680631B0ED70|2013-03-05|2015-03-05|no|yes
pool01.fabrikam.com|OAuthTokenIssuer|CN=fabrikam.com|fabrikam.com|CN=Fabrikam Issuing CA|1b3116a02be2315a3153|EA6F3D40F1769D5481CD22E9EF6DD267D59FE2A5|2013-03-06|2015-03-06|yes|yes|$Backup\Certificates\oauth.pfx|lync-oauth-certificate|One for the whole organization
se01.fabrikam.com|Default; WebServicesInternal; WebServicesExternal|CN=se01.fabrikam.com|se01.fabrikam.com, sip.fabrikam.com|CN=Fabrikam Issuing CA|bba461bb342e9471288f|2BF114C77E405D7FE3760704BB3E28290136B934|2013-09-16|2015-09-16|no|yes
se02.fabrikam.com|Default; WebServicesInternal; WebServicesExternal|CN=se02.fabrikam.com|se02.fabrikam.com, sip.fabrikam.com|CN=Fabrikam Issuing CA|cba461bb342e9471288e|3BF114C77E405D7FE3760704BB3E28290136B935|2013-09-17|2015-09-17|no|yes
chat01.fabrikam.com|Default|CN=chatpool01.fabrikam.com|chatpool01.fabrikam.com, chat01.fabrikam.com|CN=Fabrikam Issuing CA|ca2510d041f6a497fdd0|646F07ACBBD9F8E5DF9BB671FCB5623C566A3700|2013-03-07|2015-03-07|no|yes
edgepool01.fabrikam.com|Internal|CN=edgepool01.fabrikam.com|edgepool01.fabrikam.com|CN=Fabrikam Issuing CA|1e09f3df1338624bbb8d|717D6520E76772CFA18F6B197A335D0A11F245A5|2013-03-08|2015-03-08|yes|yes|$Backup\Certificates\edge-internal.pfx|lync-edge-internal
edgepool01.fabrikam.com|AccessEdgeExternal; DataEdgeExternal; AudioVideoAuthentication|CN=sip.fabrikam.com|sip.fabrikam.com, webconf.fabrikam.com|CN=Public Issuing CA|a44288bebeb2efeef6a8|17C97AAC9023A9605873CB4CAECF14C459591440|2013-11-05|2014-11-05|yes|no|$Backup\Certificates\edge-public.pfx|lync-edge-public|Ordered from the public CA
";

const DATABASES: &str = r"
Database|Server name (FQDN)|Backup schedule|Database backup tool|Backup set|Backup destination|SQL instance|Pool FQDN|Backup file|Last backup|Last restore test|Notes
Rtc|sql01.fabrikam.com|weekly, Saturday 01:00|Export-CsUserData|Name: Rtc-pool01-23<br>Expiration: 2014-07-05|$Backup\UserData\pool01-UserData.zip||pool01.fabrikam.com||2014-06-07|2014-03-15
Rtc|se01.fabrikam.com|weekly, Saturday 02:00|Export-CsUserData|Name: Rtc-se01-23<br>Expiration: 2014-07-06|$Backup\UserData|||se01-UserData.zip|2014-06-07|2014-03-16|York alone
Rtc|se02.fabrikam.com|weekly, Saturday 03:00|Export-CsUserData|Name: Rtc-se02-23<br>Expiration: 2014-07-07|UserData\se02-UserData.zip||||2014-06-07|2014-03-17
LcsLog|sql03.fabrikam.com|weekly, Saturday 04:00|SQL Server management tool|Name: LcsLog-23<br>Expiration: 2014-07-08|$Backup\Databases\sql03-LcsLog.bak|ARCH|||2014-06-07|2014-03-18
LcsCDR|sql03.fabrikam.com|weekly, Saturday 05:00|SQL Server management tool|Name: LcsCDR-23<br>Expiration: 2014-07-09|$Backup\Databases\sql03-LcsCDR.bak|ARCH|||2014-06-07|2014-03-19
QoEMetrics|sql03.fabrikam.com|weekly, Saturday 06:00|SQL Server management tool|Name: QoEMetrics-23<br>Expiration: 2014-07-10|$Backup\Databases\sql03-QoEMetrics.bak|ARCH|||2014-06-07|2014-03-20
mgc|sql03.fabrikam.com|weekly, Saturday 07:00|Export-CsPersistentChatData|Name: Chat-23<br>Expiration: 2014-07-11|$Backup|CHAT||PersistentChatData.zip|2014-06-07|2014-03-21
";

const FILE_STORES: &str = r"
Content|Server name (FQDN)|Backup schedule|File system backup tool|File share to be backed up|Backup destination|Pool FQDN|Local path|Last backup|Last restore test|Notes
Lync Server file store|fs01.fabrikam.com|daily 23:00|Robocopy|\\fs01.fabrikam.com\LyncShare|$Backup\FileStore\pool01|pool01.fabrikam.com|D:\Shares\LyncShare|2014-06-09|2014-03-15|Without Meeting.Active
Lync Server file store|fs01.fabrikam.com|daily 23:10|Robocopy|\\fs01.fabrikam.com\ChatShare|$Backup\FileStore\chatpool01|chatpool01.fabrikam.com|D:\Shares\ChatShare|2014-06-09|2014-03-16
Lync Server file store|se01.fabrikam.com|daily 23:20|Robocopy|\\se01.fabrikam.com\LyncShare|FileStore\se01|se01.fabrikam.com|C:\LyncShare|2014-06-09|2014-03-17
Lync Server file store|se02.fabrikam.com|daily 23:30|Robocopy|\\se02.fabrikam.com\LyncShare|$Backup\FileStore\se02|se02.fabrikam.com|E:\LyncShare|2014-06-09|2014-03-18
";

const SETTINGS: &str = r"
Database|Server name (FQDN)|Backup schedule|Backup tool|Configuration file (.xml) name|Backup location|Pool FQDN|Last backup|Last restore test|Notes
Xds|sql01.fabrikam.com|weekly, and before each change|Export-CsConfiguration|CsConfiguration.zip|$Backup||2014-06-07|2014-03-15|The topology
Lis|sql01.fabrikam.com|weekly, and before each change|Export-CsLisConfiguration|LisConfiguration.zip|$Backup||2014-06-07|2014-03-16|Locations
RgsConfig|pool01.fabrikam.com|weekly, Saturday 08:00|Export-CsRgsConfiguration|RgsConfiguration-pool01.zip|$Backup\Rgs|pool01.fabrikam.com|2014-06-07|2014-03-17
RgsConfig|se01.fabrikam.com|weekly, Saturday 09:00|Export-CsRgsConfiguration|RgsConfiguration-se01.zip|$Backup\Rgs|se01.fabrikam.com|2014-06-07|2014-03-18
";

const DEPLOYMENT: &str = r"
Setting|Value
Organization|Fabrikam
Product|Lync Server 2013
Backup location|\\bkp01.fabrikam.com\LyncBackup\2014-06-07
Backup cycle|Week 23 of 2014
Backup completed|2014-06-07
Next backup|2014-06-14
Local work folder|C:\LyncRestore
RPO (hours)|168
Classification|Confidential
Document owner|Messaging team
Approved by|Nadia Okafor
Effective date|2014-05-01
Review due|2014-11-01
Paper size|A4
Copies|1: Leeds operations room; 2: York office
";

const CONTACTS: &str = r"
Responsibility|Name|Phone|E-mail|Alternate|Alternate phone
May declare a restore|Nadia Okafor|+44 113 555 0101|nadia.okafor@example.com|Piotr Zielinski|+44 113 555 0102
Lync Server|Elsa Lindqvist|+44 113 555 0111|elsa.lindqvist@example.com|Bram de Wit|+44 190 555 0112
SQL Server|Ravi Menon|+44 113 555 0121|ravi.menon@example.com|Lucia Ferro|+44 113 555 0122
Backup|Jonas Keller|+44 113 555 0151|jonas.keller@example.com|Bram de Wit|+44 190 555 0112
";

const MEDIA: &str = r"
Item|Location|Version|Notes
Windows Server 2012 Standard|\\bkp01.fabrikam.com\Media\WS2012|6.2.9200|Volume licence
SQL Server 2012|\\bkp01.fabrikam.com\Media\SQL2012|11.0.3000 (SP1)|Standard and Enterprise
Lync Server 2013|\\bkp01.fabrikam.com\Media\LyncServer2013|5.0.8308.0
Lync Server 2013 cumulative update|\\bkp01.fabrikam.com\Media\LyncServer2013CU|5.0.8308.577
Imaging software|Leeds operations room, shelf 3||On a bootable disc
";
