"""What outside validators say of our packages, and what ours says when somebody has been at them."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from lxml import etree

from tei_pipeline.package.bagit import PROFILE
from tei_pipeline.package.check_bagit import check_bag
from tei_pipeline.validate.kinds import validate_path
from tests.judges import ask, judge, shipped, xml_schema
from tests.packages import FORMS, build, eark, eark_errors, harmed, pack, run

logging.getLogger("bagit").setLevel(logging.CRITICAL)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("mill")
    build(folder)
    return {form: pack(folder, form) for form in FORMS}


def valid_bag(path: Path) -> bool:
    try:
        return bool(bagit.Bag(str(path)).is_valid())
    except bagit.BagError:
        return False


@pytest.mark.parametrize("form", FORMS)
def test_a_package_is_valid(form: str, packages: dict[str, Path]) -> None:
    assert validate_path(packages[form]) == []


def test_the_library_of_congress_takes_the_bag(packages: dict[str, Path]) -> None:
    assert valid_bag(packages["bagit"])


def test_the_bag_follows_its_profile_by_an_outside_judge(packages: dict[str, Path]) -> None:
    code = (
        "import bagit, bagit_profile, json, sys;"
        "profile = bagit_profile.Profile(sys.argv[3], profile=json.load(open(sys.argv[2])));"
        "bag = bagit.Bag(sys.argv[1]);"
        "print(profile.validate(bag), profile.report)"
    )
    shipped("bagit_profile.py")
    done = ask(["-c", code, packages["bagit"], Path(__file__).parents[1] / "schemas" / "bagit-profile.json", PROFILE])
    assert done.stdout.startswith("True"), done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_done_to_a_file_is_found_and_the_file_is_named(form: str, packages: dict[str, Path], tmp_path: Path) -> None:
    for what, file, copy in harmed(packages[form], tmp_path):
        problems = [problem for problem in validate_path(copy) if problem.level in ("error", "warning")]
        assert problems, (form, what, file)
        said = " ".join(f"{problem.file.removeprefix(f'{copy}/')} {problem.message}" for problem in problems)
        if not any(name in file for name in LISTS):  # a change in the outermost list shows in what it lists
            assert file in said, (form, what, file, problems)


LISTS = ("tagmanifest-", "METS.xml", "manifest-sha256.txt")


def test_the_bag_that_we_refuse_the_library_of_congress_refuses_too(packages: dict[str, Path], tmp_path: Path) -> None:
    for what, file, copy in harmed(packages["bagit"], tmp_path):
        if file.rpartition("/")[2].startswith(("tagmanifest-", "extra-")) and "/" not in file:
            continue  # nothing guards these: RFC 8493 lets a bag have other tag files
        ours = [problem for problem in check_bag(copy) if problem.level == "error"]
        if not valid_bag(copy):
            assert ours, (what, file)
        elif file.startswith("data/"):
            pytest.fail(f"{file} was {what}, and bagit takes the bag")


def test_e_arks_validator_takes_the_information_package(packages: dict[str, Path]) -> None:
    judge()
    (report,) = eark(packages["csip"])
    assert eark_errors(report) == []
    assert report["metadata"]["schema_results"]["status"] == "VALID"
    assert report["metadata"]["schematron_results"]["messages"] == []


def test_e_arks_validator_is_one_that_refuses(packages: dict[str, Path], tmp_path: Path) -> None:
    judge()
    broken = tmp_path / "mill"
    shutil.copytree(packages["csip"], broken)
    mets = broken / "METS.xml"
    mets.write_text(mets.read_text("utf-8").replace(' PROFILE="', ' OTHER="').replace('LABEL="Schemas"', 'LABEL="Other"'), "utf-8")
    (report,) = eark(broken)
    assert {"CSIP6", "CSIP99"} <= set(eark_errors(report))


def test_a_sip_fails_only_where_the_validator_contradicts_itself(packages: dict[str, Path], tmp_path: Path) -> None:
    """CSIP12 to CSIP16 take every CREATOR for the software, SIP14 and SIP15 demand one that is not: no SIP passes eark-validator 1.1.3."""
    judge()
    package = pack(packages["csip"].parents[1], "csip", "--set", "type=SIP", "-o", tmp_path)
    assert package.parent == tmp_path
    (report,) = eark(package)
    assert set(eark_errors(report)) <= {"CSIP12", "CSIP13", "CSIP15", "CSIP16", "SIP14"}
    assert validate_path(package) == []


def test_schemas_of_others_can_go_in(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "xsd").mkdir()
    (tmp_path / "xsd" / "mods-3-8.xsd").write_text("<schema/>", "utf-8")
    package = pack(tmp_path, "csip", "--set", f"schemas={tmp_path / 'xsd'}")
    assert (package / "schemas" / "mods-3-8.xsd").is_file()
    assert validate_path(package) == []
    done = run("package", tmp_path / "editions", "--as", "csip", "--set", "schemas=nowhere", "-o", tmp_path / "p")
    assert (done.exit_code, "nowhere is no folder" in done.output) == (2, True)


@pytest.mark.parametrize("arguments", [(), ("--collect", "--name", "rivers")])
def test_mets_premis_and_mods_are_valid_by_their_schemas(arguments: tuple[str, ...], tmp_path: Path) -> None:
    build(tmp_path)
    build(tmp_path, "weir", sidecar="")
    package = pack(tmp_path, "csip", *arguments)
    ours, theirs = shipped("eulxml") / "schema_data", shipped("eark_validator") / "ipxml/resources/schema"
    schemas = {
        "premis.xml": xml_schema(ours / "premis.xsd", tmp_path),
        "mods.xml": xml_schema(ours / "mods.xsd", tmp_path, xlink=ours / "xlink.xsd", xml=theirs / "xml.xsd"),
        "METS.xml": etree.XMLSchema(etree.parse(theirs / "mets.csip.local.v2-0.xsd")),
    }
    checked = []
    for path in sorted(package.rglob("*.xml")):
        if path.name in schemas:
            tree = etree.parse(path)
            if path.name == "mods.xml":
                tree.getroot().set("version", "3.6")  # the newest that a package ships; 3.8 only adds
            assert schemas[path.name].validate(tree), schemas[path.name].error_log
            checked.append(path.name)
    assert set(checked) == set(schemas)
    assert validate_path(package) == []
    identifiers = [each.get("ID") for path in package.rglob("METS.xml") for each in etree.parse(path).iter(etree.Element) if each.get("ID")]
    assert len(identifiers) == len(set(identifiers))


def ocfl_valid(path: Path) -> tuple[bool, str]:
    done = ask([judge().parent / "ocfl-validate.py", path])
    return "is VALID" in done.stdout, done.stdout + done.stderr


def test_ocfl_py_takes_the_first_version_and_the_second_which_keeps_the_first(tmp_path: Path) -> None:
    build(tmp_path)
    package = pack(tmp_path, "ocfl")
    valid, said = ocfl_valid(package)
    assert valid, said
    first = {path.relative_to(package): path.read_bytes() for path in (package / "v1").rglob("*") if path.is_file()}
    build(tmp_path, sidecar=SIDECAR_CORRECTED)
    assert pack(tmp_path, "ocfl", "--set", "message=Author corrected", "--set", "address=mailto:ada@example.org") == package
    valid, said = ocfl_valid(package)
    assert valid, said
    assert validate_path(package) == []
    assert {path.relative_to(package): path.read_bytes() for path in (package / "v1").rglob("*") if path.is_file()} == first
    inventory = json.loads((package / "inventory.json").read_bytes())
    assert inventory["head"] == "v2"
    assert inventory["versions"]["v2"]["message"] == "Author corrected"
    stored = {path.relative_to(package).as_posix() for path in (package / "v2" / "content").rglob("*") if path.is_file()}
    assert "v2/content/source/mill.txt" not in stored  # the source did not change, so it is stored once
    assert "v2/content/tei/mill.xml" in stored
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    pack(tmp_path, "ocfl", "--no-resume")
    assert {path: path.stat().st_mtime_ns for path in package.rglob("*")} == before


SIDECAR_CORRECTED = '[metadata]\ntitle = "The Quiet Mill"\nauthor = "Ada Quill-Marsh"\nidentifier = "urn:example:mill"\n'


def test_no_version_is_added_to_an_object_that_somebody_damaged(tmp_path: Path) -> None:
    build(tmp_path)
    package = pack(tmp_path, "ocfl")
    inventory = package / "inventory.json"
    inventory.write_text(inventory.read_text("utf-8").replace("Edition", "edition"), "utf-8")
    build(tmp_path, sidecar=SIDECAR_CORRECTED)
    done = run("package", tmp_path / "editions", "--as", "ocfl", "-o", tmp_path / "ocfl", "--date", "2024-06-01")
    assert done.exit_code == 1
    assert "no version can be added" in done.stderr
    assert not (package / "v2").exists()


@pytest.mark.parametrize("form", ["csip", "ocfl"])
def test_where_a_time_is_demanded_and_none_is_known_it_stops_and_says_what_to_give(form: str, tmp_path: Path) -> None:
    build(tmp_path, sidecar="")
    done = run("package", tmp_path / "editions", "--as", form, "-o", tmp_path / "packages")
    assert done.exit_code == 1
    assert "demands a time, and none is known; give --date 2024-05-31, or set SOURCE_DATE_EPOCH, or state one in the sidecar" in done.stderr
    assert not (tmp_path / "packages").exists()
    assert run("package", tmp_path / "editions", "--as", form, "-o", tmp_path / "p", SOURCE_DATE_EPOCH="1700000000").exit_code == 0


@pytest.mark.parametrize("form", FORMS)
def test_packages_of_every_form_are_the_same_byte_for_byte(form: str, tmp_path: Path) -> None:
    build(tmp_path)
    one = {path.name: path.read_bytes() for path in pack(tmp_path, form).rglob("*") if path.is_file()}
    two = {path.name: path.read_bytes() for path in pack(tmp_path, form, "-o", tmp_path / "again").rglob("*") if path.is_file()}
    assert one == two


@pytest.mark.parametrize("form", FORMS)
def test_hostile_names_stay_inside_and_every_judge_takes_them(form: str, tmp_path: Path) -> None:
    for name in ("50% of “it”", "Ünïcode – 名", "a b  c", "x" * 190, "CON", "semi;colon&amp"):
        build(tmp_path, name)
    pack(tmp_path, form)
    made = [path for path in (tmp_path / form).iterdir() if path.is_dir()]
    assert len(made) == 6
    for path in made:
        assert [problem for problem in validate_path(path) if problem.level == "error"] == []
        assert form != "bagit" or valid_bag(path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["raw", "editions", form])


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    build(tmp_path)
    other = tmp_path / "editions" / "Mill"
    shutil.copytree(tmp_path / "editions" / "mill", other)
    for path in list(other.iterdir()):
        path.rename(other / path.name.replace("mill", "Mill"))
    done = run("package", tmp_path / "editions", "--as", "bagit", "-o", tmp_path / "packages")
    assert done.exit_code == 1
    assert "would be one file where case or Unicode normalisation is not told apart" in done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_a_collection_is_taken_too(form: str, tmp_path: Path) -> None:
    for name in ("mill", "weir"):
        build(tmp_path, name)
    package = pack(tmp_path, form, "--collect", "--name", "rivers of the north")
    assert package.name == "rivers of the north"
    assert validate_path(package) == []
    judges: dict[str, Callable[[Path], bool]] = {
        "bagit": valid_bag,
        "csip": lambda path: eark_errors(eark(path)[0]) == [],
        "ocfl": lambda path: ocfl_valid(path)[0],
        "saf": lambda path: {inner.name for inner in path.iterdir()} == {"mill", "weir"},
    }
    assert judges[form](package)


@pytest.mark.parametrize("form", FORMS)
def test_a_source_of_several_files_goes_in_whole(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "mill"
    folder.mkdir(parents=True)
    texts = {"one.txt": "THE MILL\r\n\r\nIt stood still.\r\n", "two, 50%.txt": "CHAPTER II.\n\nIt was sold – at last.\n"}
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("cp1252"))
    (folder / "source.toml").write_text('[metadata]\ntitle = "The Mill"\n', "utf-8")
    assert run("build", folder, "-o", tmp_path / "editions").exit_code == 0
    for number, there in enumerate((True, False)):
        if not there:  # the edition gives them back
            shutil.rmtree(tmp_path / "raw")
            (tmp_path / "raw").mkdir()
        package = pack(tmp_path, form, "-o", tmp_path / str(number))
        assert validate_path(package) == []
        held = [path.read_bytes() for path in package.rglob("*.txt")]
        assert all(text.encode("cp1252") in held for text in texts.values())


# ---------------------------------------------------------------- packages from strangers


def bag(folder: Path, manifest: str, files: dict[str, str]) -> Path:
    for path, words in {"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(words, "utf-8")
    (folder / "data").mkdir(exist_ok=True)
    (folder / "manifest-md5.txt").write_text(manifest, "utf-8")
    return folder


EMPTY = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.mark.parametrize(
    ("manifest", "files", "said"),
    [
        (f"{EMPTY}  data/../../outside\n", {}, "data/../../outside leaves the bag"),
        (f"{EMPTY}  /etc/passwd\n", {}, "/etc/passwd leaves the bag"),
        (f"{EMPTY}  data/a%0Ab%25\n", {"data/a\nb%": ""}, ""),
        (f"{EMPTY}  data/100%25.txt\n", {"data/100%.txt": ""}, ""),
        (f"{EMPTY} *data/old\n", {"data/old": ""}, ""),
        ("nonsense\n", {}, "no line of the form"),
        (f"{EMPTY}  data/a\n{EMPTY}  data/a\n", {"data/a": ""}, "is listed twice"),
        (f"{EMPTY}  data/a\n", {"data/a": "", "data/b": ""}, "is not listed in manifest-md5.txt"),
        (
            f"{EMPTY}  data/a\n",
            {"data/a": "", "bagit.txt": "BagIt-Version: 9\nTag-File-Character-Encoding: UTF-8\n"},
            "BagIt-Version is '9'",
        ),
    ],
)
def test_bags_from_strangers(manifest: str, files: dict[str, str], said: str, tmp_path: Path) -> None:
    problems = check_bag(bag(tmp_path, manifest, files))
    errors = [problem.message for problem in problems if problem.level == "error"]
    assert any(said in message for message in errors) if said else errors == []


def test_a_link_out_of_a_bag_is_not_followed(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", f"{EMPTY}  data/a\n", {})
    (tmp_path / "secret").write_text("", "utf-8")
    (folder / "data" / "a").symlink_to(tmp_path / "secret")
    assert [problem.code for problem in check_bag(folder)] == ["link"]


def test_archives_that_would_write_outside_or_grow_without_end_are_refused(tmp_path: Path) -> None:
    import tarfile
    import zipfile

    def said(path: Path) -> str:
        return " ".join(problem.message for problem in validate_path(path))

    with zipfile.ZipFile(tmp_path / "out.zip", "w") as archive:
        archive.writestr("../../outside", "x")
    assert "would be unpacked outside its folder" in said(tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/data/a", b"\0" * 30_000_000)
    assert "grows to" in said(tmp_path / "bomb.zip")
    with tarfile.open(tmp_path / "link.tar", "w") as tar:
        entry = tarfile.TarInfo("bag/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    assert "a link or a device" in said(tmp_path / "link.tar")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    assert "cannot be read" in said(tmp_path / "broken.zip")


@pytest.mark.parametrize("form", FORMS)
def test_a_packed_package_is_checked_too(form: str, tmp_path: Path) -> None:
    if form == "ocfl":
        return
    build(tmp_path)
    for kind in ("--zip", "--tar"):
        path = pack(tmp_path, form, kind)
        assert validate_path(path) == []
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        assert [problem for problem in validate_path(path) if problem.level == "error"]


@pytest.mark.parametrize("form", FORMS)
def test_broken_metadata_of_a_package_never_raises(form: str, packages: dict[str, Path], tmp_path: Path) -> None:
    values = [
        b"",
        b"\xff\xfe\0",
        b"<x/>",
        b"{}",
        b"[]",
        b'{"versions": {"v1": 1}, "digestAlgorithm": "sha512"}',
        b"<!DOCTYPE x [<!ENTITY",
    ]
    for number, data in enumerate(values):
        copy = tmp_path / str(number)
        shutil.copytree(packages[form], copy)
        for name in ("bagit.txt", "METS.xml", "inventory.json", "mill/contents", "mill/dublin_core.xml", "manifest-sha256.txt"):
            if (copy / name).is_file():
                (copy / name).write_bytes(data)
        assert validate_path(copy)
