"""`meshfit ask`: answers for scripts and for people."""

import pytest

GATEWAY = "Does a mesh replace an API gateway?"


def test_one_document_for_one_question(meshfit):
    ran = meshfit("ask", GATEWAY, "--json")
    assert list(ran.json) == ["answer", "confidence", "related", "text", "tier"]
    assert ran.json["answer"] == "faq-api-gateway"
    assert 0 < ran.json["confidence"] <= 1
    assert ran.json["text"].startswith("No.")
    assert ran.json["answer"] not in ran.json["related"]


def test_one_line_for_each_line_and_for_blank_ones_too(meshfit):
    lines = f"{GATEWAY}\n\n  \nwho won the football match yesterday\r\n{GATEWAY}"
    ran = meshfit("ask", "-", "--json", given=lines)
    gateway = "faq-api-gateway"
    assert [line["answer"] for line in ran.lines] == [gateway, None, None, None, gateway]
    assert [line["tier"] for line in ran.lines] == ["sure", "none", "none", "none", "sure"]
    assert [bool(line["related"]) for line in ran.lines] == [True, False, False, False, True]
    assert ran.lines[1]["text"] == "Nothing was asked on this line."
    assert ran.code == 0
    page = meshfit("ask", "-", given=lines).out.splitlines()
    assert len(page) == 5
    assert page[0].startswith(
        "Mesh and API gateway: No. They work on different layers. • A gateway"
    )
    assert page[0] == page[4]
    assert page[3].startswith("I don't know that.")


@pytest.mark.parametrize(
    ("said", "line"), [("Hello!", "Hello. Ask me anything"), ("thanks a lot", "You're welcome.")]
)
def test_a_courtesy_gets_a_friendly_line(said, line, meshfit):
    assert meshfit("ask", said).out.startswith(line)
    assert meshfit("ask", "-", given=f"{said}\n").out.startswith(line)
    document = meshfit("ask", said, "--json").json
    assert (document["answer"], document["tier"], document["related"]) == (None, "none", [])
    assert document["text"].startswith(line)


def test_two_questions_on_a_line_get_both_answers_on_one(meshfit):
    page = meshfit("ask", "-", given=f"{GATEWAY} And should we adopt a mesh only for mTLS?\n").out
    assert len(page.splitlines()) == 1
    assert "Mesh and API gateway: No." in page
    assert "Adopting a mesh only for mTLS: " in page


def test_what_of_several_questions_is_not_known_is_named(meshfit):
    asked = "what is mtls? also who won the game yesterday?"
    assert meshfit("ask", asked, "--json").json["unmet"] == ["who won the game yesterday?"]
    assert "I don't know “who won the game yesterday?”." in meshfit("ask", asked).out
    assert "I don't know “who won the game" in meshfit("ask", "-", given=f"{asked}\n").out


def test_a_line_that_is_no_text_does_not_stop_the_others(meshfit):
    ran = meshfit("ask", "-", "--json", given=b"caf\xe9\n" + GATEWAY.encode())
    assert ran.lines[0] == {"error": "question 1:1: is not UTF-8 text, save it as UTF-8."}
    assert ran.lines[1]["answer"] == "faq-api-gateway"
    assert ran.code == 1
    page = meshfit("ask", "-", given=b"caf\xe9\n" + GATEWAY.encode())
    assert page.out.startswith("This line could not be read.\nMesh and API gateway: No.")
    assert page.error.startswith("meshfit: question 1:1: is not UTF-8 text")


def test_an_answer_for_people(meshfit):
    page = meshfit("ask", GATEWAY).out
    assert page.startswith("Mesh and API gateway\nNo. They work on different layers.\n")
    assert "• A gateway looks after traffic that enters at the edge" in page
    assert "*" not in page
    assert "From the article" in page
    assert "Ask next" in page


def test_what_is_not_known_is_said(meshfit):
    page = meshfit("ask", "who won the football match yesterday").out
    assert page.startswith("I don't know that.")
    assert "•" not in page


def test_further_sources_and_a_conflict_stand_beside_an_answer(meshfit):
    question = "Which mesh is the fastest?"
    page = meshfit("ask", question).out
    assert "Sources conflict: Linkerd's post of 2025" in page
    assert "From the 2024 paper on mTLS. https://arxiv.org/abs/2411.02267" in page
    assert "Written by Buoyant, which sells Linkerd." in page
    text = meshfit("ask", question, "--json").json["text"]
    assert text.splitlines()[-1].startswith("Sources conflict: ")


def test_a_special_case_goes_by_the_id_of_what_it_belongs_to(meshfit):
    document = meshfit("ask", "which services can call payroll right now?", "--json").json
    assert document["answer"] == "signal-zero-trust"
    assert document["text"].startswith("I can't see your cluster")
    assert not {"payroll-callers", "signal-zero-trust"} & set(document["related"])


def test_what_only_a_look_at_the_cluster_could_answer(meshfit):
    page = meshfit("ask", "which services can call payroll right now?").out
    assert "I can't see your cluster" in page


@pytest.mark.parametrize("given", ["", " ", "\n\n"])
def test_nothing_asked_is_wrong_usage(meshfit, given):
    assert meshfit("ask", given).code == 2
    ran = meshfit("ask", "-", given=given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith("meshfit: Nothing was asked. Try: ")


@pytest.mark.parametrize(
    ("question", "answer", "says"),
    [
        ("how do we get from sidecars to ztunnel", "joining-ambient-migration", "waypoint"),
        ("is one ztunnel per node a single point of failure", "operating-ztunnel-fails", "node"),
        ("does istio retry calls if we configure nothing", "performance-default-retries", "twice"),
        ("does PCI DSS ask for a service mesh", "security-compliance", "public"),
        ("can sidecars run on EKS fargate", "choosing-fargate", "NET_ADMIN"),
        ("our pods run on windows nodes", "choosing-windows", "Envoy"),
        ("what becomes of the data that we type into meshfit", "about-data", "database"),
    ],
)  # fmt: skip
def test_what_practitioners_look_for_is_answered(question, answer, says, meshfit):
    document = meshfit("ask", question, "--json").json
    assert document["answer"] == answer, document
    assert says in document["text"]


def test_a_dead_control_plane_is_told_as_the_two_cases_that_it_is(meshfit):
    text = meshfit("ask", "What happens when the control plane dies?", "--json").json["text"]
    assert "outside the mesh" in text
    assert "times out every call" in text
