//! What is a path, and what only looks like one.

use super::*;

fn parse(text: &str) -> String {
    FilePath::parse(text).map_or_else(|error| format!("! {error}"), |path| path.to_string())
}

#[test]
fn what_is_not_absolute_lies_under_the_cycle_share() {
    let cases = [
        (r"$Backup\Rtc.zip", r"$Backup\Rtc.zip"),
        (r"$backup\", "$Backup"),
        ("Rtc.zip", r"$Backup\Rtc.zip"),
        ("Settings/Xds.zip", r"$Backup\Settings\Xds.zip"),
        ("$Backup/FileStore/pool01", r"$Backup\FileStore\pool01"),
        ("//fs01/share/pool01", r"\\fs01\share\pool01"),
        ("./FileStore/pool01", r"$Backup\FileStore\pool01"),
        (r"FileStore\pool01", r"$Backup\FileStore\pool01"),
        (r"$Backup\User data.zip", r"$Backup\User data.zip"),
        (
            r"D:\Research and Development\x",
            r"D:\Research and Development\x",
        ),
        (r"\\fs01\D$\100% full", r"\\fs01\D$\100% full"),
        (r"D:\Backup\", r"D:\Backup"),
        (r"D:\", r"D:\"),
        (r"D:\Program Files (x86)", r"D:\Program Files (x86)"),
        (r"FileStore\weekly", r"$Backup\FileStore\weekly"),
        (r"weekly\Rtc.bak", r"$Backup\weekly\Rtc.bak"),
        (r"D:\Then", r"D:\Then"),
        (r"D:\Lync tape", r"D:\Lync tape"),
        (r"D:\Read only", r"D:\Read only"),
        (r"D:\Daily and Weekly\x", r"D:\Daily and Weekly\x"),
        (r"D:\Backup to Disk", r"D:\Backup to Disk"),
        (r"daily\FileStore", r"$Backup\daily\FileStore"),
        (r"D:\Backup (2)", r"D:\Backup (2)"),
        (r"\\bkp01\lync\[2014-06-07]", r"\\bkp01\lync\[2014-06-07]"),
        (r"\\fs01\share\", r"\\fs01\share"),
    ];
    for (text, expected) in cases {
        assert_eq!(parse(text), expected, "{text}");
    }
    for text in [
        "",
        "a|b",
        r"..\x",
        r"%TEMP%\x",
        "C:x",
        r"\\fs01",
        "on tape in the vault",
        "ask Bob",
        "DPM",
        "weekly",
        "dto.",
        "06/07/2014",
        "weekly/offsite",
        r"weekly\daily",
        r"Tape\12",
        r"D:\Lync then tape",
        r"\\bkp01\lync\pool01 if it is there",
        r"D:\Lync tape only",
        r"$Backup\x and tape",
        r"$Backup\FileStore\pool01, offsite",
        r"D:\Lync on tape",
        r"D:\Lync und Band",
        r"\\bkp01\lync\pool01 see Bob",
        r"full\incr",
        r"voll\inkr",
        "DPM/tape",
        "Rtc.zip/Lis.zip",
        "daily/weekly/offsite",
        "Tape 12, Iron Mountain",
        "see Rtc.zip",
        "Rtc.zip; Lis.zip",
        r"Rtc.zip (weekly) and $Backup\daily\Rtc.zip",
        r"$Backup\Rtc.zip and Lis.zip",
        r"D:\Shares\Lync or E:\Shares\Lync",
        r"\\fs01\lync;\\fs02\lync",
        r"$Backup\FileStore / \\bkp02\copy",
        r"D:\Shares: copy",
        r"\\bkp01\lync\%DATE%",
        r"\\ask bob\share",
        r"$Backup\FileStore\pool01 und E:\x",
        r"$Backup\FileStore\pool01 E:\Alt",
        r"D:\LyncShare (alt)",
        r"$Backup\FileStore\pool01 [ask Bob]",
        r"\\bkp01\lync\YYYY-MM-DD",
        r"\\bkp01\lync\{date}",
    ] {
        assert!(parse(text).starts_with('!'), "{text}");
    }
}

#[test]
fn a_path_below_the_share_is_said_with_the_variable() {
    let below = |path: &str| {
        FilePath::parse(path)
            .unwrap()
            .below(Some(r"\\Bkp01\Lync\2014-06"))
            .to_string()
    };
    assert_eq!(below(r"\\bkp01\lync\2014-06\Rtc.zip"), r"$Backup\Rtc.zip");
    assert_eq!(below(r"\\bkp01\lync\2014-06"), "$Backup");
    assert_eq!(
        below(r"\\bkp01\lync\2014-06b\x.zip"),
        r"\\bkp01\lync\2014-06b\x.zip"
    );
}

#[test]
fn a_unc_path_knows_its_host_and_share() {
    let path = FilePath::parse(r"\\fs01.contoso.com\LyncShare\sub").unwrap();
    assert_eq!(path.host(), Some("fs01.contoso.com"));
    assert_eq!(path.share_name(), Some("LyncShare"));
}
