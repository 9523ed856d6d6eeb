"""A refusal that a view lets through is told in its own words."""


def test_a_changed_pack_is_told_in_words_and_is_no_fault(client, world):
    world.cycle.pack_digest = "0" * 64
    world.cycle.save()
    client.force_login(world.secretary)

    response = client.get(f"/secretariat/cycles/{world.cycle.code}/")

    assert response.status_code == 409
    assert "与批次建立时不一致" in response.content.decode()
