//! The two forms of a topology say the same, and what leads nowhere is refused.

use super::*;
use crate::workbook::RawValue;

const PUBLISHED: &str = r#"
<Topology xmlns="urn:x.2008">
  <InternalDomains><InternalDomain Name="x.com"/></InternalDomains>
  <Sites><CentralSite SiteId="1"><Name>North</Name></CentralSite></Sites>
  <Clusters>
    <Cluster Fqdn="pool.x.com" RequiresSetup="true">
      <ClusterId SiteId="1" Number="1"/>
      <Machine OrdinalInCluster="1" Fqdn="a.x.com">
        <NetInterface IPAddress="0.0.0.0"/>
        <NetInterface IPAddress="10.0.0.1" ConfiguredIPAddress="10.0.0.2"/>
      </Machine>
    </Cluster>
    <Cluster Fqdn="db.x.com" RequiresSetup="false">
      <ClusterId SiteId="1" Number="2"/><Machine OrdinalInCluster="1" Fqdn="db.x.com"/>
    </Cluster>
  </Clusters>
  <Services>
    <Service ServiceVersion="6"><ServiceId SiteId="1" RoleName="Work" Instance="1"/>
      <DependsOn><Dependency Usage="Default"><ServiceId SiteId="1" RoleName="Keep" Instance="1"/></Dependency></DependsOn>
      <InstalledOn><ClusterId SiteId="1" Number="1"/></InstalledOn>
      <WorkService IsBusy="true"/>
    </Service>
    <Service ServiceVersion="6"><ServiceId SiteId="1" RoleName="Keep" Instance="1"/>
      <InstalledOn><SqlInstanceId Name="rtc"><ClusterId SiteId="1" Number="2"/></SqlInstanceId></InstalledOn>
    </Service>
  </Services>
</Topology>"#;

const DESIGN: &str = r#"
<TopologyBuilder IsFreeFromChanges="true"><NewTopology><PartialTopology IsPublished="true">
  <InternalDomains><InternalDomain Name="x.com"/></InternalDomains>
  <CentralSites><CentralSite SiteId="1"><Name>North</Name>
    <Clusters>
      <Cluster UniqueId="c1" Fqdn="pool.x.com" RequiresSetup="true"><Machines><Machine Fqdn="a.x.com">
        <NetInterface IPAddress="10.0.0.1" ConfiguredIPAddress="10.0.0.2"/></Machine></Machines></Cluster>
      <Cluster UniqueId="c2" Fqdn="db.x.com"><Machines><Machine/></Machines>
        <SqlInstances><SqlInstance UniqueId="i1" Name="rtc"/></SqlInstances></Cluster>
    </Clusters></CentralSite></CentralSites>
  <Services>
    <Service UniqueId="s1" RoleName="Work" ServiceVersion="6" InstalledOn="C1">
      <DependsOn><Dependency ServiceUniqueId="s2"/></DependsOn><WorkService IsBusy="true"/></Service>
    <Service UniqueId="s2" RoleName="Keep" ServiceVersion="6" InstalledOn="i1"/>
  </Services>
</PartialTopology></NewTopology></TopologyBuilder>"#;

fn document(text: &str) -> Result<Document, Finding> {
    read(&Arc::from("t.xml"), text.as_bytes())
}

fn blueprint(text: &str) -> Blueprint {
    match document(text) {
        Ok(Document::Blueprint(blueprint)) => blueprint,
        other => panic!("no blueprint: {other:?}"),
    }
}

#[test]
fn both_forms_of_a_topology_say_the_same() {
    for (text, form) in [(PUBLISHED, Form::Published), (DESIGN, Form::Design)] {
        let found = blueprint(text);
        assert_eq!(
            (found.form, found.domains),
            (form, vec!["x.com".to_owned()])
        );
        let [pool, db] = &found.clusters[..] else {
            panic!("{} clusters", found.clusters.len());
        };
        assert_eq!(
            (pool.label.as_str(), pool.needs_setup),
            ("Cluster 1:1", true)
        );
        assert_eq!(pool.site.as_deref(), Some("North"));
        assert_eq!(pool.machines[0].fqdn, "a.x.com");
        assert_eq!(pool.machines[0].addresses, ["10.0.0.1", "10.0.0.2"]);
        assert_eq!(db.machines[0].fqdn, "db.x.com");
        let [work, keep] = &found.services[..] else {
            panic!("{} services", found.services.len());
        };
        assert_eq!(
            (work.cluster, &work.instance, &work.needs),
            (0, &None, &vec![1])
        );
        assert_eq!(work.details["WorkService@IsBusy"], "true");
        assert_eq!((keep.cluster, keep.instance.as_deref()), (1, Some("rtc")));
    }
}

#[test]
fn only_what_says_that_it_was_published_and_not_changed_is_no_draft() {
    for (from, to) in [
        ("IsPublished=\"true\"", "IsPublished=\"false\""),
        ("IsPublished=\"true\"", ""),
        ("IsFreeFromChanges=\"true\"", "IsFreeFromChanges=\"false\""),
    ] {
        assert_eq!(
            blueprint(&DESIGN.replace(from, to)).form,
            Form::Draft,
            "{to}"
        );
    }
}

#[test]
fn a_reference_that_leads_nowhere_or_to_two_costs_the_document() {
    let refused = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let finding = document(&text.replace(from, to)).expect_err("a refusal");
        assert_eq!(finding.code, Code::UnreadableFile);
        finding.message
    };
    let message = refused(
        PUBLISHED,
        "<InstalledOn><ClusterId SiteId=\"1\" Number=\"1\"/>",
        "<InstalledOn><ClusterId SiteId=\"9\" Number=\"1\"/>",
    );
    assert!(
        message.ends_with("refers to `Cluster 9:1`, which is not in it"),
        "{message}"
    );
    let message = refused(
        PUBLISHED,
        "<ClusterId SiteId=\"1\" Number=\"2\"/><M",
        "<ClusterId SiteId=\"1\" Number=\"1\"/><M",
    );
    assert!(message.contains("twice"), "{message}");
    for (from, to) in [
        ("InstalledOn=\"i1\"", "InstalledOn=\"i9\""),
        ("ServiceUniqueId=\"s2\"", "ServiceUniqueId=\"s9\""),
        ("UniqueId=\"c2\"", "UniqueId=\"c1\""),
    ] {
        refused(DESIGN, from, to);
    }
}

#[test]
fn a_stranger_is_named_by_its_root() {
    let finding = document("<Workbook/>").expect_err("a stranger");
    assert_eq!(finding.code, Code::UnsupportedFile);
    assert!(finding.message.contains("`Workbook`"));
}

#[test]
fn objects_become_rows_with_their_properties_as_headings() {
    let text = r#"<Objs xmlns="u"><Obj RefId="0"><TN RefId="0"><T>Pool</T></TN><ToString>p</ToString><Props>
        <S N="Fqdn">p.x.com</S><Nil N="Backup"/><Obj N="Computers" RefId="1"><LST><S>a.x.com</S><S>b.x.com</S></LST></Obj>
        <Obj N="Site" RefId="2"><ToString>Site:North</ToString></Obj></Props></Obj></Objs>"#;
    let Ok(Document::Objects(sheet)) = document(text) else {
        panic!("no objects");
    };
    let texts = |row: u32| -> Vec<&str> {
        sheet.rows[&row]
            .values()
            .filter_map(RawValue::as_text)
            .collect()
    };
    assert_eq!(texts(0), ["Fqdn", "Backup", "Computers", "Site"]);
    assert_eq!(texts(1), ["p.x.com", "a.x.com; b.x.com", "Site:North"]);
}
